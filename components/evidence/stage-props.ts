import type { Evidence, EvidenceSide } from './use-evidence';
import type { OverlaySwitches } from './use-overlay-switches';

/** What a stage shows and acts on. */
export interface StageProps {
  side: EvidenceSide;
  evidence: Evidence;
  switches: OverlaySwitches;
  /** Called when pointer or focus comes here (true) or goes (false): the keys then act on this picture alone. */
  onActive: (active: boolean) => void;
  /** The keys act on this picture, alone or among others. */
  isActive: boolean;
  /** A frame of a clip was kept as a picture; who takes the bitmap closes it. */
  onStill?: ((bitmap: ImageBitmap, timeMs: number) => void) | undefined;
}
