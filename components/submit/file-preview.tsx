'use client';

import { useEffect, useState } from 'react';
import { isClip } from '@/lib/domain/evidence-kind';

/** A chosen file as it looks, before anything is sent. */
export function FilePreview({ file, title }: { file: File; title: string }) {
  const [url, setUrl] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    setBroken(false);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  if (broken) return <p className="px-4 text-center text-warn">This browser cannot show {file.name}; it may be damaged.</p>;
  if (url === null) return null;
  const look = 'size-full min-h-0 object-contain';
  if (isClip(file.name))
    return (
      <video
        src={url}
        controls
        muted
        playsInline
        preload="metadata"
        aria-label={`${title}: ${file.name}`}
        className={look}
        onError={() => setBroken(true)}
      />
    );
  // biome-ignore lint/performance/noImgElement: the picture is in this browser only; there is nothing to optimise
  return <img src={url} alt={`${title}: ${file.name}`} className={look} onError={() => setBroken(true)} />;
}
