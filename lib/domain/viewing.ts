import * as z from 'zod/mini';
import { ROLES, type Role } from './roles';

/** Less than this still shows who it is. CSS pixels of the screen. */
export const BLUR_PX_MIN = 8;
export const BLUR_PX_MAX = 60;

const OUT_OF_RANGE = `A blur of ${BLUR_PX_MIN} to ${BLUR_PX_MAX} pixels.`;
const blurPx = z.int(OUT_OF_RANGE).check(z.gte(BLUR_PX_MIN, OUT_OF_RANGE), z.lte(BLUR_PX_MAX, OUT_OF_RANGE));

/** How the house shows pictures of people. Part of the policy. */
export const maskingRules = z.strictObject({
  /** For whom pictures are blurred until they are revealed. */
  roles: z.array(z.enum(ROLES)).check(z.maxLength(ROLES.length, 'Name each role once.')),
  blurPx,
  greyscale: z.boolean(),
  /** Name and time of who looks, faintly over the pictures. */
  watermark: z.boolean(),
});
export type MaskingRules = z.infer<typeof maskingRules>;

/** Who judges people has to see them; who runs the house or reads the log seldom has to. */
export const DEFAULT_MASKING: MaskingRules = { roles: ['auditor', 'admin'], blurPx: 24, greyscale: false, watermark: false };

/** What a person chose for herself; null is what the house says. Nobody can choose to see what the house blurs. */
export const viewingPreference = z.strictObject({
  alwaysBlur: z.boolean('Say whether pictures are blurred at first.'),
  blurPx: z.nullable(blurPx),
  greyscale: z.nullable(z.boolean()),
});
export type ViewingPreference = z.infer<typeof viewingPreference>;

export const NO_PREFERENCE: ViewingPreference = { alwaysBlur: false, blurPx: null, greyscale: null };

/** How pictures are shown to one person. */
export interface Viewing {
  /** Blurred until revealed. */
  masked: boolean;
  /** It is the house that blurs them, not the person. */
  byHouse: boolean;
  blurPx: number;
  greyscale: boolean;
  watermark: boolean;
}

/** What holds while rules or preference are unknown: the safer side of each. */
export const SAFEST_VIEWING: Viewing = { masked: true, byHouse: true, blurPx: 32, greyscale: true, watermark: true };

/** House and person together. The person may add a blur, and choose how strong and how colourful it is. */
export function viewingOf(rules: MaskingRules, preference: ViewingPreference, role: Role | 'system'): Viewing {
  const byHouse = rules.roles.some((one) => one === role);
  return {
    masked: byHouse || preference.alwaysBlur,
    byHouse,
    blurPx: preference.blurPx ?? rules.blurPx,
    greyscale: preference.greyscale ?? rules.greyscale,
    watermark: rules.watermark,
  };
}
