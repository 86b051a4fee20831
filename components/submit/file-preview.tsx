'use client';

import { useEffect, useState } from 'react';
import { isClip } from '@/lib/domain/evidence-kind';
import { UprightPicture } from '../evidence/upright-picture';
import type { PictureState } from '../media/picture-state';

/** A chosen file as it looks, before anything is sent. */
export function FilePreview({ file, title }: { file: File; title: string }) {
  return isClip(file.name) ? <ClipPreview file={file} title={title} /> : <PicturePreview file={file} title={title} />;
}

function ClipPreview({ file, title }: { file: File; title: string }) {
  const [url, setUrl] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    setBroken(false);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  if (broken) return <Broken file={file} />;
  if (url === null) return null;
  return (
    <video
      src={url}
      controls
      muted
      playsInline
      preload="metadata"
      aria-label={`${title}: ${file.name}`}
      className="size-full min-h-0 object-contain"
      onError={() => setBroken(true)}
    />
  );
}

// Decoded as a case does it: what lies on its side here would do so there.
function PicturePreview({ file, title }: { file: File; title: string }) {
  const [picture, setPicture] = useState<PictureState>({ status: 'loading' });
  useEffect(() => {
    const leaving = new AbortController();
    let close: (() => void) | null = null;
    const look = async (): Promise<PictureState> => {
      const { lookInto } = await import('../media/look-into');
      return lookInto({ blob: file, type: file.type, recordType: null, keptAt: null }, leaving.signal);
    };
    setPicture({ status: 'loading' });
    void look()
      .catch((): PictureState => ({ status: 'failed', sentence: '' }))
      .then((next) => {
        if (next.status === 'ready' || next.status === 'page') close = next.close;
        if (leaving.signal.aborted) close?.();
        else setPicture(next);
      });
    return () => {
      leaving.abort();
      close?.();
    };
  }, [file]);
  if (picture.status === 'loading') return null;
  if (picture.status !== 'ready' && picture.status !== 'page') return <Broken file={file} />;
  return (
    <div className="relative size-full min-h-0">
      <UprightPicture bitmap={picture.bitmap} label={`${title}: ${file.name}`} />
    </div>
  );
}

function Broken({ file }: { file: File }) {
  return <p className="px-4 text-center text-warn">This browser cannot show {file.name}; it may be damaged.</p>;
}
