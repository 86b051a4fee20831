'use client';

import { useEffect, useState } from 'react';
import type { EyePair } from '@/lib/domain/align-eyes';
import { type Light, measureSample, type Sharpness } from '@/lib/domain/face-measures';
import type { PicturePixels } from './draw-face';
import { sampleFace } from './sample-face';

export interface FaceQuality {
  sharpness: Sharpness;
  light: Light;
}

/** Sharpness and light of a face, once the page has a moment for it; null until then, or where they cannot be measured. */
export function useFaceMeasures(pixels: PicturePixels | null, eyes: EyePair | null): FaceQuality | null {
  const [measured, setMeasured] = useState<{ eyes: EyePair; bitmap: ImageBitmap; quality: FaceQuality | null } | null>(null);
  const { bitmap, size, detail } = pixels ?? {};
  useEffect(() => {
    if (!bitmap || !size || !eyes) return;
    // After the first drawing: a face is looked at before it is judged.
    const later = setTimeout(() => {
      const sample = sampleFace({ bitmap, size, ...(detail && { detail }) }, eyes);
      setMeasured({ eyes, bitmap, quality: sample && measureSample(sample) });
    });
    return () => clearTimeout(later);
  }, [bitmap, size, detail, eyes]);
  return measured && measured.eyes === eyes && measured.bitmap === bitmap ? measured.quality : null;
}
