import type { Size } from '@/lib/domain/geometry';
import { LANDMARK_NAMES } from '@/lib/domain/verification';
import type { FaceFacts } from '../evidence/face-facts';

export interface ClipFacesProps {
  facts: FaceFacts[];
  size: Size;
  /** Whether these faces belong to the frame on the screen; else they are drawn as a guess. */
  certain: boolean;
}

/** The faces over one frame of a clip, lying on it however large the player is. */
export function ClipFaces({ facts, size, certain }: ClipFacesProps) {
  return (
    <svg
      aria-hidden="true"
      data-clip-faces
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="xMidYMid meet"
      className="pointer-events-none absolute inset-0 size-full"
    >
      {facts.map(({ key, face, main, drawable }) => (
        <g key={key} className={main ? 'text-face-selfie' : 'text-face-minor'}>
          {drawable && face.box && <Outline box={face.box} dashed={!certain || !main} />}
          {LANDMARK_NAMES.flatMap((name) => {
            const point = face.landmarks[name];
            return point ? <Dot key={name} x={point.x} y={point.y} /> : [];
          })}
        </g>
      ))}
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

function Dot({ x, y }: { x: number; y: number }) {
  const place = { d: `M${x} ${y}h0`, fill: 'none', strokeLinecap: 'round', vectorEffect: 'non-scaling-stroke' } as const;
  return (
    <>
      <path {...place} stroke="rgba(0,0,0,.6)" strokeWidth={8} />
      <path {...place} stroke="currentColor" strokeWidth={5} />
    </>
  );
}
