import { areaOf, type Box } from '../detect/box';
import { detectFaces } from '../detect/detect-faces';
import { Pyramid, turn } from '../image/picture';
import { findLandmarks, type Landmarks } from '../landmarks/find-landmarks';
import { embedFace, type RawEmbedding } from '../match/embed-face';
import type { Models } from '../models/sessions';

/** A face in working pixels of `upright`. */
export interface FoundFace {
  confidence: number;
  box: Box;
  landmarks: Landmarks;
  embedding: RawEmbedding;
}

/** A picture brought upright by `turns` quarter turns clockwise, and its faces, the largest first. */
export interface FoundFaces {
  upright: Pyramid;
  turns: 0 | 1 | 2 | 3;
  faces: FoundFace[];
}

/** The recognition model's vector of what is no face at all is shorter than this. */
const FACE_NORM = 2.6;
/** Under this length even the clearest face may be a face on its side, so the other three ways up are tried. */
const CLEAR_NORM = 2.9;

/**
 * Finds the faces of a picture, whichever way up its content is: a photograph of a card is often sideways without
 * its EXIF saying so. What the recognition model does not take for a face is dropped.
 */
export async function findFaces(models: Models['models'], picture: Pyramid): Promise<FoundFaces> {
  let best: FoundFaces = { upright: picture, turns: 0, faces: await facesOf(models, picture) };
  if (clarity(best) >= CLEAR_NORM) return best;
  for (const turns of [1, 2, 3] as const) {
    const upright = new Pyramid(turn(picture.base, turns));
    const turned: FoundFaces = { upright, turns, faces: await facesOf(models, upright) };
    if (clarity(turned) > clarity(best)) best = turned;
  }
  return best;
}

async function facesOf({ detect, landmark, feature }: Models['models'], picture: Pyramid): Promise<FoundFace[]> {
  const faces: FoundFace[] = [];
  for (const { box, score } of await detectFaces(detect, picture)) {
    const landmarks = await findLandmarks(landmark, picture, box);
    const embedding = await embedFace(feature, picture, landmarks);
    if (embedding.norm >= FACE_NORM) faces.push({ confidence: score, box, landmarks, embedding });
  }
  return faces.sort((a, b) => areaOf(b.box) - areaOf(a.box));
}

function clarity({ faces }: FoundFaces): number {
  return faces[0]?.embedding.norm ?? 0;
}
