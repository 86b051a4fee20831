import { distance, rollDegrees } from '@/lib/domain/geometry';
import type { CropFacts } from '@/lib/picture/comparison-caution';
import { type FaceQuality, type Yaw, yawHint } from '@/lib/picture/face-measures';
import type { ComparableFace } from './comparable-faces';

/** One cell of the table: what was measured as a word or number, `poor` when it makes a comparison worse, `detail` on hover. */
export interface MeasureCell {
  text: string;
  poor?: boolean;
  detail?: string;
}

export const MEASURE_NAMES = ['Face', 'Eye distance', 'Roll', 'Yaw', 'Sharpness', 'Light'] as const;
export type MeasureName = (typeof MEASURE_NAMES)[number];

const UNKNOWN: MeasureCell = { text: '–', detail: 'not known' };

/** What is known of a crop, for the sentence about it. Eyes guessed from a box say nothing of where the nose points. */
export function cropFacts(face: ComparableFace, quality: FaceQuality | null): CropFacts {
  const name = face.fact.face.category === 'id' ? 'ID face' : 'selfie face';
  return { name, size: face.fact.size, sharpness: quality?.sharpness ?? null, light: quality?.light ?? null, yaw: yawOf(face) };
}

/** The measures of a crop by name. Lengths in pixels of the picture, angles in degrees clockwise. */
export function cropMeasures(face: ComparableFace, quality: FaceQuality | null): Record<MeasureName, MeasureCell> {
  const { size } = face.fact;
  const { left, right } = face.eyes;
  const yaw = yawOf(face);
  const known = face.source !== 'box';
  return {
    Face: size
      ? { text: `${Math.round(size.width)} × ${Math.round(size.height)}`, detail: 'Width and height of the box in pixels' }
      : UNKNOWN,
    'Eye distance': known ? { text: `${distance(left, right).toFixed(1)} px` } : UNKNOWN,
    Roll: known ? { text: `${rollDegrees(left, right).toFixed(1)}°`, detail: 'Clockwise; taken out in the comparison' } : UNKNOWN,
    Yaw: yaw
      ? {
          text: yaw.word,
          poor: yaw.word !== 'front',
          detail: `A hint: the nose lies ${yaw.offset.toFixed(2)} eye distances from the middle`,
        }
      : UNKNOWN,
    Sharpness: quality
      ? {
          text: quality.sharpness.word,
          poor: quality.sharpness.word === 'soft',
          detail: `${quality.sharpness.value.toFixed(0)}; good from 60, measured at the same distance of the eyes for every face`,
        }
      : UNKNOWN,
    Light: quality
      ? {
          text: quality.light.word,
          poor: quality.light.word !== 'even',
          detail: `Brightness ${quality.light.mean.toFixed(0)} of 255, its halves differ by ${Math.abs(quality.light.slope * 100).toFixed(0)} %`,
        }
      : UNKNOWN,
  };
}

function yawOf({ fact, eyes, source }: ComparableFace): Yaw | null {
  return source === 'box' ? null : yawHint(eyes, fact.face.landmarks.nose);
}
