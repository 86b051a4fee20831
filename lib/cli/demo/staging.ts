import type { CardLook, SelfieLook } from './photograph';
import type { Spoof } from './spoof';
import type { Storage } from './store-picture';

/** What was arranged. It never leaves this program: what a record says is what the service measures. */
export type ScenarioKind =
  | 'match'
  | 'lookalike'
  | 'mismatch'
  | 'no-face-on-id'
  | 'no-face-on-selfie'
  | 'several-faces'
  | 'small'
  | 'rotated'
  | 'spoof'
  | 'low-quality';

export interface IdPicture {
  /** Seed of the person on the card. */
  holder: number;
  side: 'front' | 'front-without-portrait' | 'back';
  look: CardLook;
  /** Pixels. */
  width: number;
  storage: Storage;
  fileName: string;
}

export interface SelfiePicture {
  /** Seed of the person in front of the camera; null when nobody is. */
  person: number | null;
  companions: readonly number[];
  /** Which of two moods and places of this person: 0 or 1. */
  mood: 0 | 1;
  look: SelfieLook;
  spoof: Spoof | null;
  /** Pixels; the height follows, 4:3 upright. */
  width: number;
  storage: Storage;
  fileName: string;
}

export interface Scenario {
  /** 1, 2, 3 ...; sent as the tag `demo`, so that a second run knows what is there. */
  number: number;
  kind: ScenarioKind;
  id: IdPicture;
  selfie: SelfiePicture;
  tags: Record<string, string>;
}
