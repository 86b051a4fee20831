import type { PictureSeen } from '@/lib/domain/decision-view';
import type { Evidence, EvidenceSide } from './use-evidence';
import type { OverlaySwitches } from './use-overlay-switches';
import type { PicturesSeen } from './view-in-use';

/** How both pictures lie before the reviewer at this moment, to be stored with her decision. */
export function readView({ sides, paired }: Evidence, { boxes, landmarks }: OverlaySwitches): PicturesSeen {
  return { id: pictureSeen(sides.id), face: pictureSeen(sides.face), paired, boxes, landmarks };
}

function pictureSeen({ view: store, coordinates }: EvidenceSide): PictureSeen | null {
  const { view, stage, centre, look } = store;
  if (!view || !stage || !centre || !coordinates) return null;
  const { orientation, space, byHand } = coordinates;
  return {
    scale: Number(view.scale.toPrecision(4)),
    centre: { x: tenths(centre.x), y: tenths(centre.y) },
    canvas: { width: stage.width, height: stage.height },
    turn: view.turn,
    mirrored: view.mirrored ?? false,
    look,
    coordinates: { orientation, space, byHand },
  };
}

const tenths = (value: number) => Math.round(value * 10) / 10;
