import { describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { type ApiRecord, facesOf, record } from './records';
import { call, found, mayWrite, shapeOf } from './service';
import { AWKWARD, FACE_AT, type Posted, SHOWN } from './setup';

const result = z.looseObject({ result: record });
const recordOf = ({ body }: Posted): ApiRecord => result.parse(JSON.parse(body)).result;

describe.skipIf(!mayWrite)('a submission', () => {
  const posted = inject('posted');
  if (!posted) return;
  const { plain, turned, run } = posted;

  it('answers the record of what was sent', () => {
    expect([200, 201]).toContain(plain.status);
    const made = recordOf(plain);
    expect(made).toMatchObject({ idFileName: 'passport.jpg', selfieFileName: 'selfie.jpg' });
    expect([made.idFileSize, made.selfieFileSize]).toEqual([plain.idSize, plain.selfieSize]);
    expect(Object.fromEntries(made.tags.map(({ name, value }) => [name, value]))).toEqual({
      customerId: '9999',
      run,
      [AWKWARD.name]: AWKWARD.value,
    });
    expect(made.files.map(({ category }) => category).toSorted()).toEqual(['face', 'id']);
    found('Status of a submission', String(plain.status));
    found('Type of a file named .jpg', made.idFileType);
  });

  it('is asked whether boxes lie in the picture as stored or as shown', () => {
    if (turned.status !== 200 && turned.status !== 201) return found('Space of boxes (EXIF orientation 6)', `not taken: ${turned.status}`);
    const face = facesOf(recordOf(turned))?.idFaces[0];
    if (!face) return found('Space of boxes (EXIF orientation 6)', 'no face was found in the turned picture');
    const { x1, x2, y1, y2 } = face.boundingBox;
    const middle = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
    const shown = { x: FACE_AT.x * SHOWN.width, y: FACE_AT.y * SHOWN.height };
    const stored = { x: shown.y, y: SHOWN.width - shown.x };
    const away = (at: { x: number; y: number }) => Math.round(Math.hypot(middle.x - at.x, middle.y - at.y));
    const space = away(shown) < away(stored) ? 'as shown, after turning' : 'as stored, before turning';
    found('Space of boxes (EXIF orientation 6)', `${space} (${Math.min(away(shown), away(stored))} px from where the face is)`);
  });

  const file = (bytes: string | Uint8Array<ArrayBuffer>, name: string, type: string) => ({ blob: new Blob([bytes], { type }), name });
  const text = file('This is no picture.', 'selfie.jpg', 'image/jpeg');
  const wrong: [string, Record<string, ReturnType<typeof file> | string>][] = [
    ['a submission without files', { tags: '{}' }],
    ['a text named selfie.jpg', { idFile: text, selfieFile: text }],
    ['tags that are no JSON, beside a text as selfie.jpg', { idFile: text, selfieFile: text, tags: 'customerId=9999' }],
  ];
  it.each(wrong)('refuses %s', async (name, parts) => {
    const form = new FormData();
    for (const [field, part] of Object.entries(parts)) {
      if (typeof part === 'string') form.set(field, part);
      else form.set(field, part.blob, part.name);
    }
    const response = await call('/v1/verification', { method: 'POST', body: form });
    expect(response.ok).toBe(false);
    found(`Error for ${name}`, await shapeOf(response));
  });

  it('refuses a body that is no form', async () => {
    const response = await call('/v1/verification', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect(response.ok).toBe(false);
    found('Error for a body that is no form', await shapeOf(response));
  });
});
