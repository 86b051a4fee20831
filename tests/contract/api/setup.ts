import sharp from 'sharp';
import type { TestProject } from 'vitest/node';
import { drawPortrait } from '@/lib/cli/demo/portrait';
import { call, mayWrite } from './service';

/** Size of the drawn picture as it is shown; the face lies left of and above the middle. */
export const SHOWN = { width: 600, height: 900 };
export const FACE_AT = { x: 0.36, y: 0.3 };

/** A tag whose value holds what a filter may stumble over. */
export const AWKWARD = { name: 'contract-awkward', value: 'a=b,c d+é%2B&f' };

/** What a submission was answered. */
export interface Posted {
  status: number;
  body: string;
  idSize: number;
  selfieSize: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** An upright and a turned submission; null when the server may not be written to. */
    posted: { plain: Posted; turned: Posted; run: string } | null;
  }
}

/** Submits what the tests look at: one ID and selfie as they are, and the same with the ID stored lying and marked "turn me". */
export default async function setup(project: TestProject): Promise<void> {
  if (!mayWrite) return project.provide('posted', null);
  const run = crypto.randomUUID();
  const upright = await drawPortrait(7, { ...SHOWN, place: FACE_AT, faceShare: 0.3 });
  const selfie = await drawPortrait(7, { width: 640, height: 800, turn: 6, smile: 0.4 });
  // EXIF orientation 6: what is stored has to be turned clockwise by a quarter to be shown.
  const lying = await sharp(upright).rotate(270).withMetadata({ orientation: 6 }).jpeg({ quality: 93 }).toBuffer();
  const tags = { customerId: '9999', run, [AWKWARD.name]: AWKWARD.value };
  const plain = await submit(upright, selfie, tags);
  const turned = await submit(lying, selfie, { customerId: '9999', run });
  project.provide('posted', { plain, turned, run });
}

async function submit(id: Buffer, selfie: Buffer, tags: Record<string, string>): Promise<Posted> {
  const form = new FormData();
  form.set('idFile', new Blob([new Uint8Array(id)], { type: 'image/jpeg' }), 'passport.jpg');
  form.set('selfieFile', new Blob([new Uint8Array(selfie)], { type: 'image/jpeg' }), 'selfie.jpg');
  form.set('tags', JSON.stringify(tags));
  const response = await call('/v1/verification', { method: 'POST', body: form });
  return { status: response.status, body: await response.text(), idSize: id.length, selfieSize: selfie.length };
}
