'use client';

import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { SPACE_SETTINGS, type SpaceSetting } from '@/lib/domain/coordinate-space';
import { ask } from '../api/client';

const answered = z.object({ coordinates: z.object({ setting: z.enum(SPACE_SETTINGS) }) });
const FRESH_MS = 30_000;

let known: { setting: Promise<SpaceSetting>; at: number } | null = null;

/** What the verification API counts, where no page says so; null while it is asked for. What cannot be read leaves it to each picture. */
export function useSpaceSetting(): SpaceSetting | null {
  const [setting, setSetting] = useState<SpaceSetting | null>(null);
  useEffect(() => {
    let isLeft = false;
    if (known === null || Date.now() - known.at > FRESH_MS) known = { setting: askSetting(), at: Date.now() };
    void known.setting.then((found) => !isLeft && setSetting(found));
    return () => {
      isLeft = true;
    };
  }, []);
  return setting;
}

async function askSetting(): Promise<SpaceSetting> {
  const answer = await ask('GET', '/api/upstream/coordinates', answered);
  return answer.ok ? answer.value.coordinates.setting : 'per-picture';
}
