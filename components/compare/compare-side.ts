import type { EvidenceSide } from '../evidence/use-evidence';
import { type ComparableFace, comparableFaces, faceToBegin } from './comparable-faces';
import type { ComparePicture } from './use-detail';

/** A frame of a clip that was kept to compare by, and when it was in the clip. */
export interface SelfieStill {
  bitmap: ImageBitmap;
  timeMs: number;
}

/** One side of a comparison: the picture, the face chosen on it, and whatever stands in the way. */
export interface CompareSide {
  picture: ComparePicture | null;
  faces: ComparableFace[];
  chosen: ComparableFace | null;
  /** Faces that cannot be compared, a sentence each. */
  others: string[];
  /** What to know of the picture. */
  note: string | null;
  /** Why there is nothing to compare on this side; null while it is only on its way. */
  problem: string | null;
}

/** Further apart than this, in milliseconds, a kept frame is not the one the faces were found in. */
const SAME_FRAME_MS = 20;

/** What of a side of the evidence is needed to compare it. */
export type SideAtHand = Pick<EvidenceSide, 'category' | 'picture' | 'facts'>;

/** What a side offers to compare. `wanted` is the key of the face that was picked, null for the one it begins with. */
export function compareSide(side: SideAtHand, wanted: string | null, still: SelfieStill | null = null): CompareSide {
  const picture = still ? pictureOf(still) : side.picture.status === 'ready' ? side.picture : null;
  const none = { picture, faces: [], chosen: null, others: [], note: null };
  const name = side.category === 'id' ? 'ID' : 'selfie';
  if (!picture) return { ...none, problem: side.picture.status === 'loading' ? null : notShown(side, name) };
  const { faces, others: left } = comparableFaces(side.facts, picture.size);
  const others = left.map((other) => `${other.name} cannot be compared. ${other.why}`);
  const chosen = faces.find(({ key }) => key === wanted) ?? faceToBegin(faces);
  const note =
    still && !isMeasuredFrame(side, still)
      ? `The kept frame at ${(still.timeMs / 1000).toFixed(2)} s is not the one the face was found in: move it by hand.`
      : null;
  return { picture, faces, chosen, others, note, problem: chosen ? null : `No face of the ${name} can be compared.` };
}

const stills = new WeakMap<ImageBitmap, ComparePicture>();

// The same object for the same frame, so that nothing is measured or cut twice.
function pictureOf({ bitmap }: SelfieStill): ComparePicture {
  const known = stills.get(bitmap) ?? { bitmap, size: { width: bitmap.width, height: bitmap.height } };
  stills.set(bitmap, known);
  return known;
}

function isMeasuredFrame({ picture }: SideAtHand, { timeMs }: SelfieStill): boolean {
  return picture.status === 'ready' && picture.frameTimeMs !== undefined && Math.abs(picture.frameTimeMs - timeMs) <= SAME_FRAME_MS;
}

function notShown({ picture }: SideAtHand, name: string): string {
  if (picture.status === 'video') return `The frame of the ${name} its faces belong to is not known: keep one of the clip to compare by.`;
  if (picture.status === 'page') return `The ${name} came as a document: where its faces are on the page is not known.`;
  return `The ${name} is not shown, so it cannot be compared.`;
}
