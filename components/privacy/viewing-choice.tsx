'use client';

import { useState } from 'react';
import { BLUR_PX_MAX, BLUR_PX_MIN, type ViewingPreference } from '@/lib/domain/viewing';
import { useViewing } from './viewing-context';

/** How one person wants pictures of people shown; kept on the server, so it holds on every machine. */
export function ViewingChoice() {
  const { viewing, preference, choose } = useViewing();
  const [problem, setProblem] = useState<string | null>(null);
  if (!preference) return <p className="mt-3 text-warn">How you want pictures shown could not be read. They stay blurred.</p>;
  const set = async (change: Partial<ViewingPreference>) => setProblem(await choose({ ...preference, ...change }));
  return (
    <fieldset className="mt-3 grid gap-1.5 border-line border-t pt-2">
      <legend className="sr-only">Pictures of people</legend>
      <p aria-hidden="true" className="font-medium">
        Pictures of people
      </p>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={viewing.masked}
          disabled={viewing.byHouse}
          onChange={({ target }) => void set({ alwaysBlur: target.checked })}
        />
        Blurred until I reveal them
      </label>
      {viewing.byHouse && <p className="text-muted text-xs">The policy blurs them for your role.</p>}
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={viewing.greyscale}
          onChange={({ target }) => void set({ greyscale: target.checked })}
        />
        Greyscale
      </label>
      <label className="grid gap-0.5">
        <span className="flex justify-between">
          Strength of the blur <span className="text-muted tabular-nums">{viewing.blurPx} px</span>
        </span>
        <input
          type="range"
          min={BLUR_PX_MIN}
          max={BLUR_PX_MAX}
          step={4}
          defaultValue={viewing.blurPx}
          key={viewing.blurPx}
          className="w-full accent-accent"
          onPointerUp={({ currentTarget }) => void set({ blurPx: Number(currentTarget.value) })}
          onKeyUp={({ currentTarget }) => void set({ blurPx: Number(currentTarget.value) })}
        />
      </label>
      {problem && (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
