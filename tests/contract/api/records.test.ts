import { beforeAll, describe, expect, it } from 'vitest';
import { fileKind, KIND_BYTES } from '@/lib/domain/file-kind';
import { chooseSpace } from '@/lib/picture/choose-space';
import { declaredSize } from '@/lib/picture/declared-size';
import { fileOrientation } from '@/lib/picture/file-orientation';
import { storedSize } from '@/lib/picture/orientation';
import { adaptVerification } from '@/lib/upstream/adapt';
import { type ApiRecord, facesOf, list, nameOf } from './records';
import { call, found, origin, shapeOf } from './service';

let records: ApiRecord[];

beforeAll(async () => {
  records = (await list({ limit: '25', offset: '0', sortBy: 'verificationId', direction: 'desc' })).data;
});

const each = (values: Iterable<string>): string => [...new Set(values)].join(', ') || 'none';

describe('records', () => {
  it('are asked which checks they hold, in which shape', () => {
    const checks = records.flatMap(({ modelResults }) => modelResults.technicalChecks);
    found('Kinds of checks', each(checks.map((check) => String(check.checkType ?? check.type ?? 'unnamed'))));
    found('Records without any check', String(records.filter(({ modelResults }) => modelResults.technicalChecks.length === 0).length));
    const missing = records.filter((one) => typeof one.modelVersion !== 'string').length;
    found('modelVersion', missing === 0 ? 'always there' : `missing in ${missing} of ${records.length}`);
  });

  it('are asked whether counts and faces agree, and which eye is the left one', () => {
    const detections = records.map(facesOf).filter((one) => one !== null);
    const off = detections.filter(
      ({ faceCount, idFaces, selfieFaces }) => faceCount.id !== idFaces.length || faceCount.selfie !== selfieFaces.length,
    );
    found('faceCount against the faces listed', `differs in ${off.length} of ${detections.length} records`);
    const eyes = detections.flatMap(({ selfieFaces }) => selfieFaces).map(({ landmarks }) => landmarks.left_eye.x - landmarks.right_eye.x);
    const larger = eyes.filter((gap) => gap > 0).length;
    found(
      'left_eye',
      eyes.length === 0 ? 'no face to look at' : `larger x in ${larger} of ${eyes.length} selfie faces (the subject’s left)`,
    );
  });

  it('are asked for the unit of timestamp and the zone of timestampISO', () => {
    const units = records.map(({ timestamp }) => (timestamp >= 1e12 ? 'milliseconds' : 'seconds'));
    found('Unit of timestamp', each(units));
    const zones = records.map(({ timestamp, timestampISO }) => {
      if (/(Z|[+-]\d\d:?\d\d)$/.test(timestampISO)) return 'named in the text';
      const hours = (Date.parse(`${timestampISO}Z`) - (timestamp >= 1e12 ? timestamp : timestamp * 1000)) / 3_600_000;
      return `none; ${Math.round(hours * 4) / 4} h from timestamp when read as UTC`;
    });
    found('Zone of timestampISO', each(zones));
  });
});

describe('files', () => {
  const open = (one: { url: string }, headers: Record<string, string> = {}) => call(`/v1/files/${nameOf(one.url)}`, { headers });

  it('are served under the last segment of their url, as large and of the type their record says', async ({ skip }) => {
    const [first] = records;
    if (!first) return skip('no record to look at');
    found(
      'Origin of file urls',
      each(first.files.map(({ url }) => (new URL(url).origin === origin ? 'that of the API' : new URL(url).origin))),
    );
    for (const one of first.files) {
      const response = await open(one);
      expect(response.status, nameOf(one.url)).toBe(200);
      expect((await response.arrayBuffer()).byteLength).toBe(one.fileSize);
      expect(response.headers.get('content-type')?.split(';', 1)[0]).toBe(one.contentType);
    }
  });

  it('are asked for parts, tags and conditions', async ({ skip }) => {
    const one = records[0]?.files[0];
    if (!one) return skip('no file to look at');
    const part = await open(one, { range: 'bytes=0-9' });
    const bytes = (await part.arrayBuffer()).byteLength;
    found('Range: bytes=0-9', `${part.status}, ${bytes} bytes${part.status === 200 ? ' (Range ignored)' : ''}`);
    const beyond = await open(one, { range: `bytes=${one.fileSize}-` });
    await beyond.body?.cancel();
    found('Range beyond the end', String(beyond.status));
    const whole = await open(one);
    await whole.body?.cancel();
    const etag = whole.headers.get('etag');
    found('ETag', etag ? (etag.startsWith('W/') ? 'weak' : 'strong') : 'none');
    found('Content-Disposition', whole.headers.get('content-disposition') ?? 'none');
    if (etag) {
      const conditional = await open(one, { 'if-none-match': etag });
      await conditional.body?.cancel();
      found('If-None-Match', String(conditional.status));
    }
    const head = await call(`/v1/files/${nameOf(one.url)}`, { method: 'HEAD' });
    found('HEAD of a file', `${head.status}, length ${head.headers.get('content-length') ?? 'not said'}`);
  });

  it('are asked which pixels the coordinates of their faces count', async () => {
    const said = { shown: 0, stored: 0, either: 0 };
    for (const one of records) {
      const { faces } = adaptVerification(one);
      for (const category of ['id', 'face'] as const) {
        const file = one.files.find((entry) => entry.category === category && entry.contentType.startsWith('image/'));
        const own = faces.filter((face) => face.category === category);
        if (!file || own.length === 0) continue;
        const bytes = new Uint8Array(await (await open(file)).arrayBuffer());
        const { orientation } = fileOrientation(bytes);
        const size = declaredSize(fileKind(bytes.subarray(0, KIND_BYTES)), bytes);
        if (orientation === 1 || !size) continue;
        const { space, isGuess } = chooseSpace(own, storedSize(size, orientation), orientation);
        said[isGuess ? 'either' : space] += 1;
      }
    }
    const turned = said.shown + said.stored + said.either;
    const counts = `as shown on ${said.shown}, as stored on ${said.stored}, either way on ${said.either} of ${turned} turned pictures`;
    found('Coordinates fit', turned === 0 ? 'no turned picture to tell by' : counts);
  });

  it('of foreign or invented names are refused', async () => {
    for (const name of ['v_id_999999999999_passport.jpg', '..%2F..%2Fetc%2Fpasswd', 'passwd']) {
      const response = await call(`/v1/files/${name}`);
      expect(response.ok, name).toBe(false);
      found(`Error for the file ${name}`, await shapeOf(response));
    }
  });
});
