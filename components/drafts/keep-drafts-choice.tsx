'use client';

import { useEffect, useState } from 'react';
import { canSeal, chooseKeeping, keepsDrafts } from './keep-choice';

/** Whether the drafts of a user stay on this device after sign-out; remembered for each user on each device. */
export function KeepDraftsChoice({ userId }: { userId: string }) {
  const [keep, setKeep] = useState(true);
  useEffect(() => setKeep(keepsDrafts(userId)), [userId]);
  return (
    <div className="mt-3 border-line border-t pt-2">
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={keep}
          disabled={!canSeal()}
          onChange={({ target }) => {
            chooseKeeping(userId, target.checked);
            setKeep(target.checked);
          }}
        />
        Keep my drafts on this device
      </label>
      <p className="text-muted text-xs">
        {keep ? 'Encrypted after you sign out; only you can open them.' : 'Unsent text is removed when you sign out.'}
      </p>
    </div>
  );
}
