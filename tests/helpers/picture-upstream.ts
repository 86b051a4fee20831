import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sample from '../fixtures/upstream/sample.json' with { type: 'json' };

/** A case made up for a test: its two pictures and what the record claims to have found on them, well-formed or not. */
export interface PictureCase {
  id: number;
  pictures: Record<'id' | 'face', Buffer>;
  faces: Record<'id' | 'face', unknown[]>;
  /** What the upstream says the files are, where that is not JPEG. */
  types?: Partial<Record<'id' | 'face', string>>;
  /** The status the service answers with in place of a file. */
  faults?: Partial<Record<'id' | 'face', number>>;
  /** The frame of a selfie clip its faces were found in, where the record says so. */
  frameTimeMs?: number;
  /** Ranges are ignored and all of a file is sent, with or without promising parts in its headers. */
  parts?: 'ignored' | 'promised';
  /** Members in which its record differs from all others. */
  record?: object;
}

export interface PictureUpstream {
  url: string;
  add(made: PictureCase): void;
  /** What was asked of the selfie of a case: the `Range` header of each request, null for the whole. */
  rangesOfSelfie(id: number): (string | null)[];
  close(): Promise<void>;
}

const SIDES = ['id', 'face'] as const;

/** A verification service that answers with cases made up by the test: list, record and files. */
export async function startPictureUpstream(): Promise<PictureUpstream> {
  const cases = new Map<number, PictureCase>();
  const ranges = new Map<number, (string | null)[]>();
  const rangesOfSelfie = (id: number) => ranges.get(id) ?? [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://upstream');
    const file = /^\/v1\/files\/v_(id|face)_(\d+)_picture\.jpg$/.exec(pathname);
    const holder = file && cases.get(Number(file[2]));
    if (holder) {
      const [side, range] = [file[1] === 'id' ? ('id' as const) : ('face' as const), request.headers.range ?? null];
      if (side === 'face') ranges.set(holder.id, [...rangesOfSelfie(holder.id), range]);
      const fault = holder.faults?.[side];
      if (fault) return void response.writeHead(fault).end();
      sendPart(
        response,
        holder.pictures[side],
        holder.types?.[side] ?? 'image/jpeg',
        holder.parts ? null : range,
        holder.parts !== 'ignored',
      );
      return;
    }
    const made = cases.get(Number(/^\/v1\/verification\/(\d+)$/.exec(pathname)?.[1]));
    const isList = pathname === '/v1/verification';
    response.writeHead(made || isList ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isList ? pageOf(cases, searchParams) : made ? { result: recordOf(made) } : { statusCode: 404 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    add: (made) => void cases.set(made.id, made),
    rangesOfSelfie,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function sendPart(response: ServerResponse, whole: Buffer, type: string, range: string | null, promises: boolean): void {
  const wanted = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  const from = Number(wanted?.[1] ?? 0);
  const to = Math.min(whole.length, wanted?.[2] ? Number(wanted[2]) + 1 : whole.length);
  const headers = {
    ...{ 'content-type': type, 'content-length': to - from, etag: `"${whole.length}"` },
    ...(promises && { 'accept-ranges': 'bytes' }),
  };
  if (wanted && from >= whole.length) {
    response.writeHead(416, { 'content-range': `bytes */${whole.length}` }).end();
    return;
  }
  response.writeHead(wanted ? 206 : 200, wanted ? { ...headers, 'content-range': `bytes ${from}-${to - 1}/${whole.length}` } : headers);
  response.end(whole.subarray(from, to));
}

function pageOf(cases: Map<number, PictureCase>, query: URLSearchParams): object {
  const ids = [...cases.keys()].sort((a, b) => (query.get('direction') === 'desc' ? b - a : a - b));
  const offset = Number(query.get('offset') ?? 0);
  const data = ids.slice(offset, offset + Number(query.get('limit') ?? 25)).flatMap((id) => {
    const made = cases.get(id);
    return made ? [recordOf(made)] : [];
  });
  return { totalCount: cases.size, count: data.length, data };
}

function recordOf({ id, pictures, faces, types, frameTimeMs, record }: PictureCase): object {
  return {
    ...sample.result,
    verificationId: id,
    verified: false,
    modelResults: {
      technicalChecks: [
        {
          checkType: 'face_detection',
          faceCount: { id: faces.id.length, selfie: faces.face.length },
          idFaces: faces.id,
          selfieFaces: faces.face,
          ...(frameTimeMs !== undefined && { frameTimeMs }),
        },
      ],
    },
    files: SIDES.map((category) => ({
      category,
      fileName: 'picture.jpg',
      fileSize: pictures[category].length,
      contentType: types?.[category] ?? 'image/jpeg',
      url: `https://api.example.com/v1/files/v_${category}_${id}_picture.jpg`,
    })),
    ...record,
  };
}
