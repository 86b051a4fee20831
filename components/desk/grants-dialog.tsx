'use client';

import { X } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import * as z from 'zod/mini';
import { ask, send } from '../review/post';
import { ProblemNotice } from '../review/problem-notice';
import { Button } from '../ui/button';
import { DEFAULT_VIEW } from './queue-session';

const granted = z.object({
  grants: z.array(z.object({ reviewer: z.object({ id: z.string(), name: z.string() }), viewIds: z.nullable(z.array(z.string())) })),
});
const viewed = z.object({ views: z.array(z.object({ id: z.string(), name: z.string(), shared: z.boolean() })) });

type Grant = z.infer<typeof granted>['grants'][number];
interface Queue {
  id: string;
  name: string;
}

/** From which queues each reviewer draws: all, or those a manager left her. Every change is stored as it is made. */
export default function GrantsDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [grants, setGrants] = useState<Grant[] | null>(null);
  const [queues, setQueues] = useState<Queue[]>([]);
  const [problem, setProblem] = useState<{ message: string; code?: string } | null>(null);

  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    let gone = false;
    Promise.all([ask('GET', '/api/queue/grants', granted), ask('GET', '/api/views', viewed)]).then(([who, what]) => {
      if (gone) return;
      if (!who.ok) return setProblem(who);
      if (!what.ok) return setProblem(what);
      setQueues([{ id: DEFAULT_VIEW, name: 'Failures, oldest first' }, ...what.value.views.filter(({ shared }) => shared)]);
      setGrants(who.value.grants);
    });
    return () => {
      gone = true;
    };
  }, []);

  const change = async (reviewerId: string, viewIds: string[] | null) => {
    const result = await send('PUT', '/api/queue/grants', { body: { reviewerId, viewIds } });
    setProblem(result.ok ? null : result);
    if (result.ok) setGrants((now) => now?.map((grant) => (grant.reviewer.id === reviewerId ? { ...grant, viewIds } : grant)) ?? null);
  };

  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      className="m-auto max-h-[85dvh] w-[min(560px,calc(100vw-24px))] rounded-lg border border-line-strong bg-surface p-0 text-text shadow-xl backdrop:bg-black/40"
    >
      <div className="sticky top-0 flex items-center justify-between border-line border-b bg-surface px-4 py-2">
        <h2 id={id} className="font-semibold text-base">
          Who draws what
        </h2>
        <Button variant="quiet" small onClick={() => dialog.current?.close()} aria-label="Close" className="w-7">
          <X aria-hidden="true" className="size-4 shrink-0" />
        </Button>
      </div>
      <div className="grid gap-4 p-4">
        {problem && <ProblemNotice problem={problem} />}
        <p className="text-muted">A reviewer draws from all queues unless you leave her some of them. Managers always draw from all.</p>
        {grants === null && !problem && <p className="text-muted">Loading…</p>}
        {grants?.length === 0 && <p className="text-muted">There is no reviewer yet.</p>}
        {grants?.map((grant) => (
          <ReviewerQueues
            key={grant.reviewer.id}
            grant={grant}
            queues={queues}
            onChange={(viewIds) => change(grant.reviewer.id, viewIds)}
          />
        ))}
      </div>
    </dialog>
  );
}

interface ReviewerQueuesProps {
  grant: Grant;
  queues: Queue[];
  onChange: (viewIds: string[] | null) => void;
}

function ReviewerQueues({ grant: { reviewer, viewIds }, queues, onChange }: ReviewerQueuesProps) {
  const known = viewIds?.filter((viewId) => queues.some((queue) => queue.id === viewId)) ?? null;
  const flip = (queueId: string) => {
    if (known === null) return;
    onChange(known.includes(queueId) ? known.filter((one) => one !== queueId) : [...known, queueId]);
  };
  return (
    <fieldset className="rounded-md border border-line px-3 py-2">
      <legend className="px-1 font-medium">{reviewer.name}</legend>
      <label className="flex items-center gap-2 py-0.5">
        <input
          type="checkbox"
          checked={known === null}
          onChange={() => onChange(known === null ? queues.map(({ id }) => id).slice(0, 1) : null)}
          className="size-4 accent-accent"
        />
        All queues
      </label>
      {known !== null &&
        queues.map((queue) => (
          <label key={queue.id} className="flex items-center gap-2 py-0.5 pl-6">
            <input
              type="checkbox"
              checked={known.includes(queue.id)}
              // The last one stays: without any there would be nothing to work on.
              disabled={known.length === 1 && known.includes(queue.id)}
              onChange={() => flip(queue.id)}
              className="size-4 accent-accent"
            />
            <span className="[overflow-wrap:anywhere]">{queue.name}</span>
          </label>
        ))}
    </fieldset>
  );
}
