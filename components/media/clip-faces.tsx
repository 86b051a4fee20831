import type { Size } from '@/lib/domain/geometry';
import { drawnFace } from '@/lib/picture/drawn-face';
import type { FaceFacts } from '../evidence/face-facts';

export interface ClipFacesProps {
  facts: FaceFacts[];
  size: Size;
  /** Whether these faces belong to the frame on the screen; else they are drawn as a guess. */
  certain: boolean;
  boxes: boolean;
  landmarks: boolean;
}

/** The radius of the ring around a landmark, as a share of the width of its face: an eye stays in sight within. */
const RING_SHARE = 0.05;

/** The faces over one frame of a clip, lying on it however large the player is. */
export function ClipFaces({ facts, size, certain, boxes, landmarks }: ClipFacesProps) {
  return (
    <svg
      aria-hidden="true"
      data-clip-faces
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="xMidYMid meet"
      className="pointer-events-none absolute inset-0 size-full"
    >
      {facts.map(({ key, face, main }) => {
        const drawn = drawnFace(face, size);
        if (!drawn) return null;
        const radius = (drawn.box.x2 - drawn.box.x1) * RING_SHARE;
        return (
          <g key={key} className={main ? 'text-face-selfie' : 'text-face-minor'}>
            {boxes && <Outline box={drawn.box} dashed={!certain || !main} />}
            {landmarks && drawn.points.map(({ x, y }) => <Ring key={`${x} ${y}`} cx={x} cy={y} r={radius} />)}
          </g>
        );
      })}
    </svg>
  );
}

// Dark below, coloured above: seen on black and on white.
function Outline({ box, dashed }: { box: { x1: number; y1: number; x2: number; y2: number }; dashed: boolean }) {
  const place = { x: box.x1, y: box.y1, width: box.x2 - box.x1, height: box.y2 - box.y1, fill: 'none', vectorEffect: 'non-scaling-stroke' };
  return (
    <>
      <rect {...place} stroke="rgba(0,0,0,.6)" strokeWidth={4} />
      <rect {...place} stroke="currentColor" strokeWidth={2} strokeDasharray={dashed ? '5 4' : undefined} />
    </>
  );
}

function Ring(place: { cx: number; cy: number; r: number }) {
  return (
    <>
      <circle {...place} fill="none" vectorEffect="non-scaling-stroke" stroke="rgba(0,0,0,.6)" strokeWidth={4} />
      <circle {...place} fill="none" vectorEffect="non-scaling-stroke" stroke="currentColor" strokeWidth={2} />
    </>
  );
}
