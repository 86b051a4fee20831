'use client';

import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/client';
import { Button } from '../ui/button';
import { isOpen, keepSync, poll, type SyncWire, syncWire } from './sync-store';
import { requestText } from './sync-text';

/** Requests a sync of the record index and shows how far it is. `small` leaves the button its icon alone. */
export function SyncNow({ status, small = false }: { status: SyncWire; small?: boolean }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const busy = sending || isOpen(status);
  const request = async () => {
    if (busy) return;
    setSending(true);
    setProblem(null);
    const result = await ask('POST', '/api/sync', syncWire, {
      advice: 'The sync may be requested already; the status here shows it. Request it again if not.',
    });
    setSending(false);
    if (result.ok) keepSync(result.value);
    else setProblem(result.message);
    void poll();
  };
  const said = problem ?? requestText(status);
  const words = busy ? 'Syncing…' : 'Sync now';
  if (small) {
    return (
      <>
        <Button
          small
          variant="quiet"
          onClick={request}
          aria-disabled={busy}
          aria-label={words}
          title={problem ?? words}
          className="w-7 px-0"
        >
          <RefreshCw aria-hidden="true" className={`size-3.5 ${busy ? 'animate-spin motion-reduce:animate-none' : ''}`} />
        </Button>
        <span role="status" className={problem ? 'text-bad text-xs' : 'sr-only'}>
          {problem ?? (busy ? said : '')}
        </span>
      </>
    );
  }
  return (
    <div className="grid gap-2">
      <Button onClick={request} aria-disabled={busy} className="justify-self-start aria-disabled:opacity-50">
        {words}
      </Button>
      <p role="status" className={problem || (!busy && status.request?.failure) ? 'text-bad' : 'text-muted'}>
        {said}
      </p>
    </div>
  );
}
