'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useRef, useState } from 'react';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { lazyPart } from '../parts/lazy-part';
import { SyncAge } from '../shell/sync-age';
import type { SyncWire } from '../sync/sync-store';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { drawNext, sitDown } from './draw-next';
import { QueueChoice } from './queue-choice';
import { DEFAULT_VIEW, queueCaseHref } from './queue-session';

const GrantsDialog = lazyPart(() => import('./grants-dialog'), { name: 'Queue access', closeOf: ({ onClose }) => onClose });

export interface QueueScreenProps {
  /** The queues the viewer may draw from, the house's first. */
  queues: { id: string; name: string }[];
  /** Whether she says from which queues others draw. */
  mayGrant: boolean;
  /** How the record index fares; null where it could not be found out. */
  sync: SyncWire | null;
}

/** Where a reviewer begins: what waits, in which queue, how late it is, and one key to draw the next case. */
export function QueueScreen({ queues, mayGrant, sync }: QueueScreenProps) {
  const router = useRouter();
  const params = useSearchParams();
  const [chosen, setChosen] = useState(queues.find(({ id }) => id === params.get('view'))?.id ?? queues[0]?.id ?? DEFAULT_VIEW);
  const [problem, setProblem] = useState<string | null>(null);
  const [drawing, setDrawing] = useState(false);
  const [empty, setEmpty] = useState(params.has('done'));
  const [granting, setGranting] = useState(false);
  const underway = useRef(false);

  // Enter on a chosen queue sends the form, anywhere else it is the key of the list; both come here.
  const draw = async () => {
    if (underway.current || queues.length === 0) return;
    underway.current = true;
    setDrawing(true);
    setProblem(null);
    setEmpty(false);
    sitDown(chosen);
    const drawn = await drawNext(chosen);
    if (drawn.kind === 'case') return router.push(queueCaseHref(drawn.id, chosen));
    underway.current = false;
    setDrawing(false);
    if (drawn.kind === 'empty') setEmpty(true);
    else setProblem(drawn.message);
  };
  const move = (step: number) => {
    const at = queues.findIndex(({ id }) => id === chosen);
    setChosen(queues[Math.max(0, Math.min(queues.length - 1, at + step))]?.id ?? chosen);
  };
  useShortcuts('list', { 'open-entry': draw, 'next-entry': () => move(1), 'previous-entry': () => move(-1) });

  return (
    <div className="mx-auto grid w-full max-w-2xl content-start gap-4 px-3 py-6 sm:px-6 sm:py-10">
      <div className="flex items-center justify-between gap-3">
        <h1 className="font-semibold text-xl">Queue</h1>
        {mayGrant && (
          <Button small variant="quiet" onClick={() => setGranting(true)}>
            Who draws what
          </Button>
        )}
      </div>
      {empty && <Notice tone="ok" title="Nothing is left here for you right now." />}
      {problem && <Notice tone="bad" title={problem} />}
      {queues.length === 0 && (
        <Notice tone="warn" title="There is no queue you may draw from.">
          The views a manager gave you were archived. Ask for others.
        </Notice>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void draw();
        }}
        className="grid content-start gap-4"
      >
        {queues.length > 0 && (
          <fieldset className="overflow-hidden rounded-lg border border-line bg-surface">
            <legend className="sr-only">Draw from</legend>
            {queues.map(({ id, name }) => (
              <QueueChoice key={id} id={id} name={name} chosen={chosen === id} onChoose={() => setChosen(id)} />
            ))}
          </fieldset>
        )}
        <Button type="submit" variant="primary" shortcut="↵" disabled={drawing || queues.length === 0} className="justify-self-start">
          {drawing ? 'Drawing…' : 'Draw the next case'}
        </Button>
      </form>
      <p className="text-muted">
        The case is yours until you decide, pass it on, or leave it for longer than a claim lasts. Nobody else gets it meanwhile.
      </p>
      {/* The bar says it too, where it has the room. */}
      <SyncAge initial={sync} className="inline-flex lg:hidden" />
      {granting && <GrantsDialog onClose={() => setGranting(false)} />}
    </div>
  );
}
