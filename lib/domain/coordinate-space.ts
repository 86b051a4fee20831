import * as z from 'zod/mini';

/** What the coordinates of a record count: pixels of the upright picture, or of the file before EXIF turned it. */
export const COORDINATE_SPACES = ['shown', 'stored'] as const;
export type CoordinateSpace = (typeof COORDINATE_SPACES)[number];

/** What is known of a verification API: that it counts one way in every record, or nothing, so that each picture decides. */
export const SPACE_SETTINGS = ['shown', 'stored', 'per-picture'] as const;
export type SpaceSetting = (typeof SPACE_SETTINGS)[number];

export const SPACE_SETTING_LABEL: Record<SpaceSetting, string> = {
  shown: 'Pixels of the picture as shown',
  stored: 'Pixels as stored in the file',
  'per-picture': 'Decide for each picture',
};

export const spaceSettingInput = z.strictObject({ setting: z.enum(SPACE_SETTINGS) });

/** What the pictures of the first records say about an API. Counts pictures. */
export interface SpaceSurvey {
  /** Records whose files were asked for. */
  records: number;
  /** Looked into. */
  pictures: number;
  /** Of these, turned by EXIF or their container: only they can tell. */
  turned: number;
  /** Of the turned ones, those whose faces fit only as shown, and only as stored. */
  shown: number;
  stored: number;
}

/** Fewer pictures than this may agree by chance. */
const TELLING_MIN = 3;
/** A share of pictures photographed sideways is normal; more of them means that the API counts now this way, now that. */
const AGREEING_MIN = 0.9;

/** Returns the setting that a survey speaks for: one way only where at least three pictures tell and nine in ten of them agree. */
export function proposedSetting({ shown, stored }: SpaceSurvey): SpaceSetting {
  const telling = shown + stored;
  if (telling < TELLING_MIN) return 'per-picture';
  if (shown / telling >= AGREEING_MIN) return 'shown';
  return stored / telling >= AGREEING_MIN ? 'stored' : 'per-picture';
}
