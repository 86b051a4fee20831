import { type CSSProperties, useState } from 'react';
import { type EvidenceCategory, faceFrameMs, facesOf, fileOf, portraitOf, type Verification } from '@/lib/domain/verification';
import { evidenceUrl } from '../evidence/evidence-memory';

const TITLE: Record<EvidenceCategory, string> = { id: 'ID document', face: 'Selfie' };

interface Size {
  width: number;
  height: number;
}

interface PeekPictureProps {
  verification: Verification;
  category: EvidenceCategory;
  /** Its bytes have come, or will not. */
  onCame: () => void;
}

/** One of the two pictures, small, with the boxes of its faces. What the browser cannot show small says so. */
export function PeekPicture({ verification, category, onCame }: PeekPictureProps) {
  const file = fileOf(verification, category);
  const [size, setSize] = useState<Size | null>(null);
  const [failed, setFailed] = useState(false);
  const fail = () => {
    setFailed(true);
    onCame();
  };
  if (!file?.name) return <Absent>{TITLE[category]}: the record names no file</Absent>;
  if (failed) return <Absent>{TITLE[category]}: cannot be shown here. Open the case.</Absent>;
  const frameMs = faceFrameMs(verification);
  const isClip = file.contentType?.startsWith('video/') ?? false;
  const src = evidenceUrl(file.name);
  const alt = `${TITLE[category]}: ${file.fileName}`;
  return (
    <div className="relative h-36 overflow-hidden rounded-md bg-matte">
      {isClip ? (
        <video
          src={`${src}#t=${(frameMs ?? 0) / 1000}`}
          aria-label={alt}
          muted
          playsInline
          preload="metadata"
          className="absolute inset-0 size-full object-contain"
          onLoadedMetadata={({ currentTarget: { videoWidth, videoHeight } }) => {
            setSize({ width: videoWidth, height: videoHeight });
            onCame();
          }}
          onError={fail}
        />
      ) : (
        // biome-ignore lint/performance/noImgElement: the file is private and changes nowhere; an optimizer would keep a copy of it
        <img
          src={src}
          alt={alt}
          decoding="async"
          className="absolute inset-0 size-full object-contain"
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
            setSize({ width: naturalWidth, height: naturalHeight });
            onCame();
          }}
          onError={fail}
        />
      )}
      {size && (!isClip || frameMs !== null) && <Boxes verification={verification} category={category} size={size} />}
    </div>
  );
}

function Boxes({ verification, category, size }: { verification: Verification; category: EvidenceCategory; size: Size }) {
  const main = category === 'id' ? portraitOf(verification) : facesOf(verification, 'face')[0];
  const colour: CSSProperties = { stroke: `var(--face-${category === 'id' ? 'id' : 'selfie'})` };
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${size.width} ${size.height}`}
      className="pointer-events-none absolute inset-0 size-full"
      fill="none"
    >
      {facesOf(verification, category).map(({ id, number, box }) => {
        if (!box) return null;
        const frame = {
          x: Math.min(box.x1, box.x2),
          y: Math.min(box.y1, box.y2),
          width: Math.abs(box.x2 - box.x1),
          height: Math.abs(box.y2 - box.y1),
          vectorEffect: 'non-scaling-stroke',
        };
        return (
          <g key={`${id} ${number}`}>
            <rect {...frame} stroke="rgb(0 0 0 / 0.6)" strokeWidth="4" />
            <rect {...frame} style={number === main?.number ? colour : { stroke: 'var(--face-minor)' }} strokeWidth="2" />
          </g>
        );
      })}
    </svg>
  );
}

function Absent({ children }: { children: React.ReactNode }) {
  return (
    <p className="grid h-36 place-items-center rounded-md border border-line border-dashed p-3 text-center text-muted text-xs">
      {children}
    </p>
  );
}
