'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { ask } from '../review/post';
import { Button } from '../ui/button';
import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';
import { Pill } from '../ui/pill';
import { drawNext } from './draw-next';
import { DEFAULT_VIEW, keepQueueSession, queueCaseHref } from './queue-session';

export interface QueueScreenProps {
  views: { id: string; name: string }[];
}

const answered = z.object({
  queue: z.object({ waiting: z.int(), capped: z.boolean(), overdue: z.int(), oldestAt: z.nullable(z.number()) }),
});
type Count = z.infer<typeof answered>['queue'];

/** Where a reviewer begins: what waits, under which view, and one key to draw the next case. */
export function QueueScreen({ views }: QueueScreenProps) {
  const router = useRouter();
  const done = useSearchParams().get('done');
  const all = [{ id: DEFAULT_VIEW, name: 'Failures, oldest first' }, ...views];
  const [chosen, setChosen] = useState(all.find(({ id }) => id === done)?.id ?? DEFAULT_VIEW);
  const [count, setCount] = useState<Count | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [drawing, setDrawing] = useState(false);
  const [empty, setEmpty] = useState(false);

  useEffect(() => {
    let gone = false;
    setCount(null);
    ask('GET', chosen === DEFAULT_VIEW ? '/api/queue' : `/api/queue?viewId=${chosen}`, answered).then((result) => {
      if (gone) return;
      setProblem(result.ok ? null : result.message);
      setCount(result.ok ? result.value.queue : null);
    });
    return () => {
      gone = true;
    };
  }, [chosen]);

  const draw = async () => {
    if (drawing) return;
    setDrawing(true);
    setProblem(null);
    setEmpty(false);
    keepQueueSession({ view: chosen, ahead: [] });
    const drawn = await drawNext(chosen);
    if (drawn.kind === 'case') return router.push(queueCaseHref(drawn.id, chosen));
    setDrawing(false);
    if (drawn.kind === 'empty') setEmpty(true);
    else setProblem(drawn.message);
  };
  const move = (step: number) => {
    const at = all.findIndex(({ id }) => id === chosen);
    setChosen(all[Math.max(0, Math.min(all.length - 1, at + step))]?.id ?? DEFAULT_VIEW);
  };
  useShortcuts('list', { 'open-entry': draw, 'next-entry': () => move(1), 'previous-entry': () => move(-1) });

  return (
    <div className="mx-auto grid w-full max-w-2xl content-start gap-4 px-3 py-6 sm:px-6 sm:py-10">
      <h1 className="font-semibold text-xl">Queue</h1>
      {(done !== null || empty) && <Notice tone="ok" title="Nothing is left here for you right now." />}
      {problem && <Notice tone="bad" title={problem} />}
      <fieldset className="overflow-hidden rounded-lg border border-line bg-surface">
        <legend className="sr-only">Draw from</legend>
        {all.map(({ id, name }) => (
          <label
            key={id}
            className="flex cursor-pointer items-center gap-3 border-line border-b px-4 py-2.5 last:border-b-0 has-checked:bg-accent-soft"
          >
            <input type="radio" name="view" checked={chosen === id} onChange={() => setChosen(id)} className="size-4 accent-accent" />
            <span className="font-medium">{name}</span>
            {chosen === id && count && (
              <span className="ml-auto flex flex-wrap items-center justify-end gap-2 text-muted">
                {count.overdue > 0 && <Pill tone="warn">{count.overdue.toLocaleString('en-GB')} overdue</Pill>}
                {count.waiting.toLocaleString('en-GB')}
                {count.capped && '+'} waiting
                {count.oldestAt !== null && (
                  <>
                    , oldest <LocalTime at={count.oldestAt} />
                  </>
                )}
              </span>
            )}
          </label>
        ))}
      </fieldset>
      <Button variant="primary" shortcut="↵" onClick={draw} disabled={drawing} className="justify-self-start">
        {drawing ? 'Drawing…' : 'Draw the next case'}
      </Button>
      <p className="text-muted">
        The case is yours until you decide, pass it on, or leave it for longer than a claim lasts. Nobody else gets it meanwhile.
      </p>
    </div>
  );
}
