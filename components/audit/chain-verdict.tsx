'use client';

import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { ask } from '../review/post';
import { Button } from '../ui/button';
import { LocalTime } from '../ui/local-time';
import { Pill } from '../ui/pill';

const head = z.object({ seq: z.int(), hash: z.string() });
const answered = z.object({
  verdict: z.union([
    z.object({ whole: z.literal(true), head, erased: z.int() }),
    z.object({
      whole: z.literal(false),
      head,
      broken: z.object({ seq: z.int(), field: z.string(), expected: z.string(), found: z.string() }),
    }),
  ]),
  walkedAt: z.number(),
  unsignedSince: z.nullable(z.number()),
  witness: z.nullable(z.object({ origin: z.string(), seq: z.int(), toldAt: z.nullable(z.number()), failure: z.nullable(z.string()) })),
  checkpoint: z.nullable(z.object({ seq: z.int(), hash: z.string(), at: z.string(), keyId: z.string(), signature: z.string() })),
});
/** Twice what the jobs need. */
const SIGNED_WITHIN_MS = 120_000;
type Verdict = z.infer<typeof answered>;

/** Whether the chain is whole, checked now, and the newest head somebody signed. An unknown answer is never a whole chain. */
export function ChainVerdict() {
  const [state, setState] = useState<{ status: 'checking' } | { status: 'failed'; message: string } | { status: 'known'; answer: Verdict }>(
    {
      status: 'checking',
    },
  );
  const check = async (again: boolean) => {
    setState({ status: 'checking' });
    const result = await ask('GET', `/api/audit/verdict${again ? '?again=true' : ''}`, answered);
    setState(result.ok ? { status: 'known', answer: result.value } : { status: 'failed', message: result.message });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once when it is shown, then by the button
  useEffect(() => void check(false), []);
  return (
    <section
      aria-label="The chain"
      aria-live="polite"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-surface px-4 py-2.5"
    >
      {state.status === 'checking' && <Pill tone="unknown">Checking the chain…</Pill>}
      {state.status === 'failed' && (
        <>
          <Pill tone="unknown">Not checked</Pill>
          <span>{state.message}</span>
        </>
      )}
      {state.status === 'known' && <Known answer={state.answer} />}
      <Button small variant="quiet" onClick={() => check(true)} disabled={state.status === 'checking'} className="ml-auto">
        Check again
      </Button>
    </section>
  );
}

function Known({ answer: { verdict, checkpoint, walkedAt, unsignedSince, witness } }: { answer: Verdict }) {
  return (
    <>
      {verdict.whole ? (
        <>
          <Pill tone="ok">Chain whole</Pill>
          <span>
            {verdict.head.seq.toLocaleString('en-GB')} events{verdict.erased > 0 && `, the details of ${verdict.erased} erased`}; walked
            from the start <LocalTime at={walkedAt} />
          </span>
        </>
      ) : (
        <>
          <Pill tone="bad">Chain broken</Pill>
          <span className="[overflow-wrap:anywhere]">
            Event {verdict.broken.seq}, {verdict.broken.field}: expected <code>{verdict.broken.expected}</code>, found{' '}
            <code>{verdict.broken.found}</code>.
          </span>
        </>
      )}
      <span className="text-muted">
        {checkpoint ? (
          <>
            signed up to {checkpoint.seq.toLocaleString('en-GB')}, <LocalTime at={Date.parse(checkpoint.at)} />, head{' '}
            <code title={checkpoint.hash} className="font-mono text-xs">
              {checkpoint.hash.slice(0, 16)}…
            </code>
          </>
        ) : (
          'no head signed yet'
        )}
      </span>
      {unsignedSince !== null && Date.now() - unsignedSince > SIGNED_WITHIN_MS && (
        <span className="flex flex-wrap items-center gap-x-3">
          <Pill tone="warn">Not signed</Pill>
          <span>
            Nothing since <LocalTime at={unsignedSince} /> is signed. See whether the jobs run and can write the folder of the signed heads.
          </span>
        </span>
      )}
      {witness?.failure && <WitnessFailure {...witness} />}
    </>
  );
}

function WitnessFailure({ origin, seq, failure }: { origin: string; seq: number; failure: string | null }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 [overflow-wrap:anywhere]">
      <Pill tone="warn">Witness behind</Pill>
      <span>
        {failure} ({origin}) It took heads up to {seq.toLocaleString('en-GB')}; the rest is sent again.
      </span>
    </span>
  );
}
