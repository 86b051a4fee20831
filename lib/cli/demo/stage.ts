import type { CardLook, SelfieLook } from './photograph';
import type { Random } from './random';
import type { Spoof } from './spoof';
import type { IdPicture, ScenarioKind, SelfiePicture } from './staging';
import type { PictureFormat, Storage } from './store-picture';

export interface Staged {
  id: Omit<IdPicture, 'holder' | 'fileName'>;
  selfie: Omit<SelfiePicture, 'person' | 'companions' | 'fileName'>;
  /** Nobody is in front of the camera. */
  empty: boolean;
  /** How many others are in the selfie. */
  companions: number;
}

/** How the `index`-th scenario of a kind is photographed: an ordinary pair of pictures, then what makes the kind. Pure. */
export function stage(kind: ScenarioKind, index: number, random: Random): Staged {
  const staged = ordinary(random);
  CHANGES[kind](staged, index);
  return staged;
}

function ordinary(random: Random): Staged {
  const format = (): PictureFormat => random.pick(['jpeg', 'jpeg', 'jpeg', 'jpeg', 'jpeg', 'png', 'webp']);
  return {
    id: {
      side: 'front',
      look: random.pick<CardLook>(['scan', 'scan', 'desk', 'desk', 'glare', 'slanted']),
      width: random.pick([960, 1012, 1200]),
      storage: { format: format() },
    },
    selfie: {
      mood: random.chance(0.5) ? 1 : 0,
      look: random.pick<SelfieLook>(['plain', 'plain', 'plain', 'warm', 'cool']),
      spoof: null,
      width: 720,
      storage: { format: format() },
    },
    empty: false,
    companions: 0,
  };
}

const CHANGES: Record<ScenarioKind, (staged: Staged, index: number) => void> = {
  match: (staged, index) => {
    // Two at full phone resolution (12 megapixels): the console's canvas has to cope with them.
    if (index === 5)
      staged.selfie = { ...staged.selfie, width: 3024, look: 'plain', storage: { format: 'jpeg', orientation: 6, quality: 82 } };
    if (index === 11) staged.id = { ...staged.id, width: 4032, look: 'desk', storage: { format: 'jpeg', orientation: 3, quality: 82 } };
  },
  lookalike: () => {},
  mismatch: () => {},
  'no-face-on-id': (staged, index) => {
    staged.id.side = index % 2 === 0 ? 'back' : 'front-without-portrait';
  },
  'no-face-on-selfie': (staged, index) => {
    if (index % 3 === 2) staged.selfie.look = 'black';
    else staged.empty = true;
  },
  'several-faces': (staged, index) => {
    staged.companions = index % 3 === 2 ? 2 : 1;
    staged.selfie.look = 'plain';
  },
  small: (staged, index) => {
    staged.selfie.width = [480, 320, 540][index % 3] ?? 480;
    if (index % 2 === 1) staged.id = { ...staged.id, look: 'far', width: 800 };
  },
  rotated: (staged, index) => {
    const tagged: Storage[] = [
      { format: 'jpeg', orientation: 6 },
      { format: 'jpeg', orientation: 8 },
      { format: 'jpeg', orientation: 3 },
    ];
    const plain: Storage[] = [
      { format: 'jpeg', quarterTurns: 1 },
      { format: 'png', quarterTurns: 3 },
      { format: 'webp', quarterTurns: 2 },
    ];
    const storage = (index % 2 === 0 ? tagged : plain)[Math.floor(index / 2) % 3] ?? tagged[0];
    if (storage && index % 4 < 2) staged.id.storage = storage;
    else if (storage) staged.selfie.storage = storage;
  },
  spoof: (staged, index) => {
    staged.selfie.spoof = (['phone', 'print', 'tablet', 'mask'] satisfies Spoof[])[index % 4] ?? 'phone';
    staged.selfie.look = 'plain';
  },
  'low-quality': (staged, index) => {
    if (index % 2 === 0) {
      staged.selfie.look = (['shaken', 'noisy', 'bright', 'squeezed'] satisfies SelfieLook[])[(index / 2) % 4] ?? 'noisy';
      return;
    }
    staged.id.look = (['soft', 'dim', 'copy', 'far'] satisfies CardLook[])[Math.floor(index / 2) % 4] ?? 'soft';
    staged.selfie.look = 'dim';
    staged.id.storage = { format: 'jpeg', quality: 24 };
  },
};
