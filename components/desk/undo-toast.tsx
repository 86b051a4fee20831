'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { send } from '../review/post';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { keepUndo, readUndo, type Undo } from './undo-memory';

const TICK_MS = 250;

/** Offers to take back the decision made last, for as long as the server allows it. Taking it back is an act of its own, recorded. */
export function UndoToast() {
  const router = useRouter();
  const [undo, setUndo] = useState<Undo | null>(null);
  const [left, setLeft] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    const look = () => {
      const found = readUndo();
      setUndo((now) => (now?.caseId === found?.caseId && now?.until === found?.until ? now : found));
      setLeft(found ? Math.ceil((found.until - Date.now()) / 1000) : 0);
    };
    look();
    const timer = setInterval(look, TICK_MS);
    return () => clearInterval(timer);
  }, []);

  const withdraw = async () => {
    if (!undo) return;
    const result = await send('POST', `/api/verifications/${undo.caseId}/decisions/withdrawal`, { body: {} });
    if (!result.ok) return setProblem(result.message);
    keepUndo(null);
    setUndo(null);
    router.push(`/verifications/${undo.caseId}`);
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
