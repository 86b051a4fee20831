'use client';

import { useSyncExternalStore } from 'react';
import { Notice } from '../ui/notice';
import { ConfirmUnchecked } from './confirm-unchecked';
import { onShownChange, shownOf } from './shown-in-use';

/** What a reviewer must know about the files right where they confirm: the banner above the pictures may be out of sight. */
export function EvidenceWarnings({ caseId, className }: { caseId: number; className?: string }) {
  const shown = useSyncExternalStore(
    onShownChange,
    () => shownOf(caseId),
    () => null,
  );
  if (!shown) return null;
  const { warnings, note } = shown;
  return (
    <>
      {warnings.length > 0 && (
        <Notice tone="bad" title="Check the evidence before you confirm" className={className}>
          {warnings.map((sentence) => (
            <p key={sentence} className="[overflow-wrap:anywhere]">
              {sentence}
            </p>
          ))}
        </Notice>
      )}
      <ConfirmUnchecked caseId={caseId} />
      {note && <p className="text-muted text-xs">{note}</p>}
    </>
  );
}
