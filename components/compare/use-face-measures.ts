'use client';

import { useEffect, useState } from 'react';
import type { EyePair } from '@/lib/picture/align-eyes';
import type { FaceQuality } from '@/lib/picture/face-measures';
import { measureFace } from '../evidence/measure-face';
import type { PicturePixels } from './draw-face';
import { sampleFace } from './sample-face';

/** Sharpness and light of a face, once they are measured beside the page; null until then, or where they cannot be measured. */
export function useFaceMeasures(pixels: PicturePixels | null, eyes: EyePair | null): FaceQuality | null {
  const [measured, setMeasured] = useState<{ eyes: EyePair; bitmap: ImageBitmap; quality: FaceQuality | null } | null>(null);
  const { bitmap, size, detail } = pixels ?? {};
  useEffect(() => {
    if (!bitmap || !size || !eyes) return;
    // After the first drawing: a face is looked at before it is judged.
    let gone = false;
    const later = setTimeout(async () => {
      const sample = sampleFace({ bitmap, size, ...(detail && { detail }) }, eyes);
      const quality = sample && (await measureFace(sample));
      if (!gone) setMeasured({ eyes, bitmap, quality });
    });
    return () => {
      gone = true;
      clearTimeout(later);
    };
  }, [bitmap, size, detail, eyes]);
  return measured && measured.eyes === eyes && measured.bitmap === bitmap ? measured.quality : null;
}
