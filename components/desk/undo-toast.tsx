'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { send } from '../review/post';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { queueCaseHref, readQueueSession } from './queue-session';
import { keepUndo, readUndo, type Undo } from './undo-memory';

const TICK_MS = 250;

/**
 * Offers to take back the decision made last, for as long as the server allows it, on whatever screen one is by then. Taking it
 * back is an act of its own, recorded, and leads to the case again.
 */
export function UndoToast({ viewerId }: { viewerId: string }) {
  const router = useRouter();
  const [undo, setUndo] = useState<Undo | null>(null);
  const [left, setLeft] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const underway = useRef(false);

  useEffect(() => {
    const look = () => {
      const found = readUndo(viewerId);
      setUndo((now) => (now?.decisionId === found?.decisionId && now?.until === found?.until ? now : found));
      setLeft(found ? Math.ceil((found.until - Date.now()) / 1000) : 0);
    };
    look();
    const timer = setInterval(look, TICK_MS);
    return () => clearInterval(timer);
  }, [viewerId]);

  const withdraw = async () => {
    if (!undo || underway.current) return;
    const { caseId, decisionId } = undo;
    underway.current = true;
    const result = await send('POST', `/api/verifications/${caseId}/decisions/withdrawal`, {
      body: { decisionId },
      advice: 'The decision may be withdrawn already. Open the case to see, or undo again while the time lasts.',
    });
    underway.current = false;
    setProblem(result.ok ? null : result.message);
    // Without an answer it may be tried again.
    if (!result.ok && result.code === 'no-answer') return;
    keepUndo(null);
    setUndo(null);
    if (!result.ok) return;
    const sitting = readQueueSession();
    router.push(sitting ? queueCaseHref(caseId, sitting.view) : `/verifications/${caseId}`);
    router.refresh();
  };
  useShortcuts('case', { undo: undo ? withdraw : undefined });

  if (problem)
    return (
      <div className="fixed right-4 bottom-20 z-40 max-w-md">
        <Notice
          tone="bad"
          title={problem}
          action={
            <Button small onClick={() => setProblem(null)}>
              Close
            </Button>
          }
        />
      </div>
    );
  if (!undo) return null;
  return (
    <div className="fixed right-4 bottom-20 z-40 max-w-md shadow-lg">
      <Notice
        title={`${undo.label}: verification ${undo.caseId}`}
        action={
          <Button small shortcut="Z" onClick={withdraw}>
            Undo <span className="tabular-nums">{left} s</span>
          </Button>
        }
      />
    </div>
  );
}
