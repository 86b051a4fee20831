import type { Size } from '@/lib/domain/geometry';
import type { Light, Sharpness, Yaw } from './face-measures';

/** What is known of one crop when it is judged. Null is unknown, which is no praise. */
export interface CropFacts {
  /** "ID face" or "selfie face". */
  name: string;
  /** In pixels of the picture. */
  size: Size | null;
  sharpness: Sharpness | null;
  light: Light | null;
  yaw: Yaw | null;
}

/** Narrower than the crop of 112 pixels that face matchers compare, a face holds less than even a machine works with. */
const SMALL_BELOW_PX = 112;

/** Why likeness has to be treated with care, a sentence for each crop that is poor; none when nothing speaks against comparing. */
export function cautionsOf(crops: readonly CropFacts[]): string[] {
  return crops.flatMap((crop) => {
    const faults = faultsOf(crop);
    return faults.length > 0 ? [`The ${crop.name} is ${listed(faults)}: treat likeness with care.`] : [];
  });
}

function faultsOf({ size, sharpness, light, yaw }: CropFacts): string[] {
  return [
    size && size.width < SMALL_BELOW_PX && `${Math.round(size.width)} px wide`,
    sharpness?.word === 'soft' && 'soft',
    light && light.word !== 'even' && LIGHT_FAULT[light.word],
    yaw && yaw.word !== 'front' && yaw.word,
  ].filter((fault) => typeof fault === 'string');
}

const LIGHT_FAULT = { dark: 'dark', bright: 'burnt out', uneven: 'lit from one side' } as const;

function listed(words: string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
