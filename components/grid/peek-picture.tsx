import { type CSSProperties, useEffect, useRef, useState } from 'react';
import type { SpaceSetting } from '@/lib/domain/coordinate-space';
import type { Size } from '@/lib/domain/geometry';
import { type EvidenceCategory, faceFrameMs, fileOf, type Verification } from '@/lib/domain/verification';
import { drawnFace } from '@/lib/picture/drawn-face';
import { evidenceUrl } from '../evidence/evidence-memory';
import { faceFacts } from '../evidence/face-facts';
import { UprightPicture } from '../evidence/upright-picture';
import { useCoordinates } from '../evidence/use-coordinates';
import { type PictureState, usePicture } from '../evidence/use-picture';

const TITLE: Record<EvidenceCategory, string> = { id: 'ID document', face: 'Selfie' };

interface PeekPictureProps {
  verification: Verification;
  category: EvidenceCategory;
  /** What is known of the pixels the verification API counts; null while it is asked for. */
  setting: SpaceSetting | null;
  /** Its bytes have come, or will not. */
  onCame: () => void;
}

/** One of the two pictures, small, with its faces as the case shows them. What cannot be shown small says so. */
export function PeekPicture({ verification, category, setting, onCame }: PeekPictureProps) {
  const file = fileOf(verification, category);
  const { picture } = usePicture(file, category === 'face' ? faceFrameMs(verification) : null);
  const [broken, setBroken] = useState(false);
  useOnce(picture.status !== 'loading' && picture.status !== 'unnamed', onCame);
  if (!file?.name) return <Absent>{TITLE[category]}: the record names no file</Absent>;
  const alt = `${TITLE[category]}: ${file.fileName}`;
  if (broken) return <Absent>{TITLE[category]}: cannot be shown here. Open the case.</Absent>;
  switch (picture.status) {
    case 'loading':
      return <span className="block h-36 rounded-md bg-raised" />;
    case 'ready':
    case 'page':
      return (
        <Frame>
          <UprightPicture bitmap={picture.bitmap} label={alt} />
          {picture.status === 'ready' && setting !== null && <Boxes {...{ verification, category, picture, setting }} />}
        </Frame>
      );
    case 'video':
      // Which frame this is nobody knows, so no face is drawn on it.
      return (
        <Frame>
          <video
            src={evidenceUrl(file.name)}
            aria-label={alt}
            muted
            playsInline
            preload="metadata"
            onError={() => setBroken(true)}
            className="absolute inset-0 size-full object-contain"
          />
        </Frame>
      );
    default:
      return <Absent>{TITLE[category]}: cannot be shown here. Open the case.</Absent>;
  }
}

interface BoxesProps {
  verification: Verification;
  category: EvidenceCategory;
  picture: Extract<PictureState, { status: 'ready' }>;
  setting: SpaceSetting;
}

function Boxes({ verification, category, picture, setting }: BoxesProps) {
  const { coordinates } = useCoordinates(verification, category, picture, setting);
  const facts = faceFacts(verification, { id: null, face: null, [category]: coordinates }).filter(({ face }) => face.category === category);
  return <FaceBoxes facts={facts} category={category} size={picture.size} />;
}

function FaceBoxes({ facts, category, size }: { facts: ReturnType<typeof faceFacts>; category: EvidenceCategory; size: Size }) {
  const colour: CSSProperties = { stroke: `var(--face-${category === 'id' ? 'id' : 'selfie'})` };
  return (
    <svg
      aria-hidden="true"
      data-peek-faces
      viewBox={`0 0 ${size.width} ${size.height}`}
      className="pointer-events-none absolute inset-0 size-full"
      fill="none"
    >
      {facts.map(({ key, face, main }) => {
        const drawn = drawnFace(face, size);
        if (!drawn) return null;
        const { x1, x2, y1, y2 } = drawn.box;
        const frame = { x: x1, y: y1, width: x2 - x1, height: y2 - y1, vectorEffect: 'non-scaling-stroke' };
        return (
          <g key={key}>
            <rect {...frame} stroke="rgb(0 0 0 / 0.6)" strokeWidth="4" />
            <rect {...frame} data-main={main || undefined} style={main ? colour : { stroke: 'var(--face-minor)' }} strokeWidth="2" />
          </g>
        );
      })}
    </svg>
  );
}

function Frame({ children }: { children: React.ReactNode }) {
  return <div className="relative h-36 overflow-hidden rounded-md bg-matte">{children}</div>;
}

function Absent({ children }: { children: React.ReactNode }) {
  return (
    <p className="grid h-36 place-items-center rounded-md border border-line border-dashed p-3 text-center text-muted text-xs">
      {children}
    </p>
  );
}

function useOnce(is: boolean, act: () => void): void {
  const current = useRef(act);
  useEffect(() => {
    current.current = act;
  });
  useEffect(() => {
    if (is) current.current();
  }, [is]);
}
