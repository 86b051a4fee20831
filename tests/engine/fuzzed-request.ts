import { connect } from 'node:net';
import fc from 'fast-check';
import sharp from 'sharp';

/** A request as bytes, and whether its sender stops in the middle instead of waiting for the answer. */
export interface FuzzedRequest {
  bytes: Buffer;
  cut: boolean;
}

interface Part {
  headers: string;
  body: Buffer;
}

interface Form {
  method: string;
  target: string;
  headers: [name: string, value: string][];
  parts: Part[];
  closing: string;
}

const BOUNDARY = 'fuzzed-boundary';

/** A valid submission of two pictures without faces, so that it is looked at quickly. */
export async function validForm(key: string): Promise<Form> {
  const picture = (background: string) =>
    sharp({ create: { width: 24, height: 20, channels: 3, background } })
      .jpeg()
      .toBuffer();
  const file = (name: string, body: Buffer): Part => ({
    headers: `content-disposition: form-data; name="${name}"; filename="${name}.jpg"\r\ncontent-type: image/jpeg`,
    body,
  });
  const tags = Buffer.from('{"customerId":"9999","vip":true,"score":7}');
  return {
    method: 'POST',
    target: '/v1/verification',
    headers: [
      ['host', '127.0.0.1'],
      ['x-api-key', key],
      ['content-type', `multipart/form-data; boundary=${BOUNDARY}`],
      ['accept', 'application/json'],
      ['connection', 'close'],
    ],
    parts: [
      file('idFile', await picture('#88a')),
      file('selfieFile', await picture('#a88')),
      { headers: 'content-disposition: form-data; name="tags"', body: tags },
    ],
    closing: `--${BOUNDARY}--\r\n`,
  };
}

/** Requests that differ from a valid one in any of the ways a sender can get it wrong. */
export function mutations(valid: Form): fc.Arbitrary<FuzzedRequest> {
  const whole = ({ headers, ...rest }: Form = valid): FuzzedRequest => ({ bytes: serialise({ headers, ...rest }), cut: false });
  const withPart = (index: number, change: (part: Part) => Part) =>
    whole({ ...valid, parts: valid.parts.map((part, at) => (at === index ? change(part) : part)) });
  const aPart = fc.nat(2);
  return fc.oneof(
    fc.tuple(aPart, fileBytes).map(([index, body]) => withPart(index, (part) => ({ ...part, body }))),
    fc.tuple(aPart, edits).map(([index, edit]) => withPart(index, (part) => ({ ...part, body: edit(part.body) }))),
    edits.map((edit) => whole({ ...valid, parts: [{ headers: '', body: edit(multipart(valid)) }], closing: '' })),
    tagTexts.map((text) => withPart(2, (part) => ({ ...part, body: Buffer.from(text) }))),
    fc.tuple(aPart, names).map(([index, name]) => withPart(index, (part) => ({ ...part, headers: disposition(name, 'a.jpg') }))),
    fc.tuple(fc.nat(1), names).map(([index, name]) => {
      const field = index === 0 ? 'idFile' : 'selfieFile';
      return withPart(index, (part) => ({ ...part, headers: disposition(field, name) }));
    }),
    fc.tuple(aPart, edits).map(([index, edit]) => {
      return withPart(index, (part) => ({ ...part, headers: edit(Buffer.from(part.headers)).toString('latin1') }));
    }),
    fc.array(aPart, { maxLength: 70 }).map((order) => whole({ ...valid, parts: order.flatMap((index) => valid.parts[index] ?? []) })),
    fc.tuple(fc.nat(4), headerValues).map(([index, value]) => whole(withHeader(valid, index, value))),
    boundaries.map((boundary) => whole(withHeader(valid, 2, `multipart/form-data; boundary=${boundary}`))),
    fc.tuple(headerNames, headerValues).map(([name, value]) => whole({ ...valid, headers: [...valid.headers, [name, value]] })),
    fc.tuple(fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'post', 'POST'), targets).map(([method, target]) => {
      return whole({ ...valid, method, target, parts: [], closing: '' });
    }),
    fc.tuple(fc.nat(1_000_000), edits).map(([at, edit]) => {
      const bytes = serialise(valid);
      const [head, body] = [bytes.subarray(0, at % bytes.length), bytes.subarray(at % bytes.length)];
      return { bytes: Buffer.concat([head, edit(body)]), cut: true };
    }),
    fc.nat(1_000_000).map((at) => ({ bytes: serialise(valid).subarray(0, at % serialise(valid).length), cut: true })),
  );
}

/** Sends a request and answers its final status with the answer's body, or null when the connection ended without one. */
export function sendRaw(origin: string, { bytes, cut }: FuzzedRequest): Promise<{ status: number; body: string } | null> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    socket.setTimeout(30_000, () => {
      socket.destroy();
      reject(new Error(`No answer came to:\n${bytes.toString('latin1').slice(0, 2000)}`));
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    // Whoever answers before everything was sent may close at once; what was answered until then counts.
    socket.on('error', () => {});
    socket.on('close', () => resolve(parse(Buffer.concat(chunks).toString('latin1'))));
    socket.write(bytes, () => {
      if (cut) socket.end();
    });
  });
}

function parse(answer: string): { status: number; body: string } | null {
  const final = answer.replace(/^(HTTP\/1\.1 1\d\d .*?\r\n\r\n)+/s, '');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(final)?.[1];
  return status === undefined ? null : { status: Number(status), body: final.slice(final.indexOf('\r\n\r\n') + 4) };
}

function serialise(form: Form): Buffer {
  const body = multipart(form);
  const lines = [`${form.method} ${form.target} HTTP/1.1`, `content-length: ${body.length}`];
  for (const [name, value] of form.headers) lines.push(`${name}: ${value}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

function multipart({ parts, closing }: Form): Buffer {
  const [only] = parts;
  if (parts.length === 1 && only?.headers === '') return only.body;
  const each = parts.flatMap(({ headers, body }) => [Buffer.from(`--${BOUNDARY}\r\n${headers}\r\n\r\n`), body, Buffer.from('\r\n')]);
  return Buffer.concat([...each, Buffer.from(closing)]);
}

function withHeader(form: Form, index: number, value: string): Form {
  return { ...form, headers: form.headers.map(([name, old], at) => [name, at === index ? value : old]) };
}

function disposition(name: string, filename: string): string {
  return `content-disposition: form-data; name="${name}"; filename="${filename}"`;
}

type Edit = (bytes: Buffer) => Buffer;

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));

/** One to four places of a buffer overwritten, cut out, doubled or added to. */
const edits: fc.Arbitrary<Edit> = fc
  .array(
    fc.record({ kind: fc.constantFrom('set', 'cut', 'double', 'insert'), at: fc.nat(100_000), length: fc.nat(200), fill: bytes(12) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((steps) => (buffer) => {
    let now = buffer;
    for (const { kind, at, length, fill } of steps) {
      const place = now.length === 0 ? 0 : at % now.length;
      const [head, tail] = [now.subarray(0, place), now.subarray(place)];
      if (kind === 'set') now = Buffer.concat([head, fill, tail.subarray(fill.length)]);
      if (kind === 'cut') now = Buffer.concat([head, tail.subarray(length)]);
      if (kind === 'double') now = Buffer.concat([head, tail.subarray(0, length), tail]);
      if (kind === 'insert') now = Buffer.concat([head, fill, tail]);
    }
    return now;
  });

const STARTS = [
  Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0x00, 0x10, ...Buffer.from('Exif\0\0')]),
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('RIFF\x10\0\0\0WEBPVP8L', 'latin1'),
  Buffer.from('\0\0\0\x18ftypmp42', 'latin1'),
  Buffer.from('\0\0\0\x18ftypavif', 'latin1'),
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  Buffer.alloc(0),
];
const fileBytes = fc.tuple(fc.constantFrom(...STARTS), bytes(300)).map((pieces) => Buffer.concat(pieces));

const tagTexts = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { maxKeys: 60 }).map((object) => JSON.stringify(object)),
  fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })).map((object) => JSON.stringify(object)),
  fc.constantFrom(
    '{"__proto__":{"a":1}}',
    '{"__proto__":"a"}',
    '{"a":1e999}',
    '{"a":1,"a":2}',
    `${'['.repeat(9000)}`,
    '{"toString":"x"}',
    '\ufeff{}',
  ),
);

const names = fc.oneof(
  fc.constantFrom(
    'idFile',
    'selfieFile',
    'tags',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    'a/b\\c',
    '.',
    'CON',
    '%00%2f',
    'a.jpg\\',
    'Ñ 護照 😀',
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', minLength: 250, maxLength: 350 }),
);

const headerNames = fc.constantFrom(
  ...['authorization', 'host', 'content-type', 'content-encoding', 'transfer-encoding', 'expect', 'range', 'x-forwarded-host'],
  ...['x-forwarded-proto', 'upgrade', 'x-api-key', 'content-disposition', 'if-none-match', 'origin', ':authority', 'trailer'],
);

const headerValues = fc.oneof(
  fc.constantFrom(
    '',
    'chunked',
    'gzip',
    '100-continue',
    'Bearer',
    'Bearer x',
    'websocket',
    'a:b:c',
    '[::1',
    'exa mple.com',
    'http://x/',
    'a@b',
  ),
  fc.constantFrom(
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/mixed; boundary=x',
    'text/plain',
    'close, upgrade',
    '*',
  ),
  fc.string({ maxLength: 60 }),
  bytes(40).map((value) => value.toString('latin1')),
);

const boundaries = fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom(BOUNDARY.slice(1), `"${BOUNDARY}"`, `${BOUNDARY};`, '-', '""'));

const parameter = fc.tuple(
  fc.constantFrom('limit', 'offset', 'sortBy', 'direction', 'tagFilter', 'q'),
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer().map(String),
    fc.constantFrom('verified', 'timestamp', 'asc', 'a=b', 'a=\0', 'a%', "'--", '1e3'),
  ),
);

const targets = fc.oneof(
  fc.array(parameter, { maxLength: 6 }).map((entries) => `/v1/verification?${new URLSearchParams(entries)}`),
  fc.string({ maxLength: 60 }).map((query) => `/v1/verification?${query.replace(/\s/g, '+')}`),
  fc.tuple(fc.constantFrom('verification', 'files'), fc.string({ unit: 'binary', maxLength: 60 })).map(([room, name]) => {
    return `/v1/${room}/${encodeURIComponent(name.toWellFormed())}`;
  }),
  fc.constantFrom(
    '/v1/files/v_id_1_%',
    '/v1/files/..%2f..%2fsecrets.json',
    '/v1/verification/%00',
    '//',
    '*',
    'http://other/v1/verification',
    '/v1/%zz',
  ),
);
