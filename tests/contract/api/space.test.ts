import sharp from 'sharp';
import { describe, it } from 'vitest';
import { type EvidenceCategory, facesOf, fileOf } from '@/lib/domain/verification';
import { chooseSpace } from '@/lib/picture/choose-space';
import type { Orientation } from '@/lib/picture/orientation';
import { adaptVerification } from '@/lib/upstream/adapt';
import { list } from './records';
import { call, found } from './service';

/** Files fetched at most: a vendor may count them. */
const FILES_MAX = 30;
const PICTURES = new Set(['image/jpeg', 'image/webp', 'image/png', 'image/avif']);
const SIDES: readonly EvidenceCategory[] = ['id', 'face'];

const isOrientation = (value: number | undefined): value is Orientation => value !== undefined && value >= 1 && value <= 8;

interface Turned {
  space: string;
  reason: string;
}

describe('the boxes of faces', () => {
  it('are asked which pixels they count where a picture is stored turned', async () => {
    const { data } = await list({ limit: '100', offset: '0', sortBy: 'verificationId', direction: 'desc' });
    const sides = data
      .map((record) => adaptVerification(record))
      .flatMap((verification) => SIDES.map((side) => ({ file: fileOf(verification, side), faces: facesOf(verification, side) })))
      .filter(({ file, faces }) => file?.name && faces.length > 0 && PICTURES.has(file.contentType ?? ''))
      .slice(0, FILES_MAX);
    const turned: Turned[] = [];
    for (const { file, faces } of sides) {
      const answer = await call(`/v1/files/${encodeURIComponent(file?.name ?? '')}`);
      const about = answer.ok
        ? await sharp(Buffer.from(await answer.arrayBuffer()))
            .metadata()
            .catch(() => null)
        : null;
      const orientation = about?.orientation;
      if (!about?.width || !about.height || !isOrientation(orientation) || orientation === 1) continue;
      const shown = orientation >= 5 ? { width: about.height, height: about.width } : { width: about.width, height: about.height };
      turned.push(chooseSpace(faces, shown, orientation));
    }
    found('Space of boxes in the records', sentenceOf(turned, sides.length));
  });
});

function sentenceOf(turned: Turned[], looked: number): string {
  if (turned.length === 0) return `no turned picture among ${looked} looked at; both spaces are the same there`;
  const of = (space: string) => turned.filter((one) => one.space === space).length;
  const first = turned[0]?.reason ?? '';
  return `as shown in ${of('shown')}, as stored in ${of('stored')} of ${turned.length} turned pictures among ${looked} looked at (${first})`;
}
