'use client';

import { useEffect, useState } from 'react';
import { ask } from '../review/post';
import { Button } from '../ui/button';
import { LocalTime } from '../ui/local-time';
import { Pill } from '../ui/pill';
import { SigningFacts } from './signing-facts';
import { type WireVerdict, wireVerdict } from './verdict-wire';

/** Twice what the jobs need. */
const SIGNED_WITHIN_MS = 120_000;

/**
 * Shows whether the chain is whole, checked now, whether it is signed, and the newest signed head; `detailed` also the keys and every fact about the
 * signed heads. An unknown answer is never a whole chain.
 */
export function ChainVerdict({ detailed = false }: { detailed?: boolean }) {
  const [state, setState] = useState<
    { status: 'checking' } | { status: 'failed'; message: string } | { status: 'known'; answer: WireVerdict }
  >({
    status: 'checking',
  });
  const check = async (again: boolean) => {
    setState({ status: 'checking' });
    const result = await ask('GET', `/api/audit/verdict${again ? '?again=true' : ''}`, wireVerdict);
    setState(result.ok ? { status: 'known', answer: result.value } : { status: 'failed', message: result.message });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once when it is shown, then by the button
  useEffect(() => void check(false), []);
  const bar = (
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
  if (!detailed) return bar;
  return (
    <>
      {bar}
      {state.status === 'known' && <SigningFacts facts={state.answer} />}
    </>
  );
}

function Known({ answer: { verdict, state, checkpoint, walkedAt, unsignedSince, witness } }: { answer: WireVerdict }) {
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
              {checkpoint.hash.slice(0, 12)}…
            </code>
          </>
        ) : (
          'no head signed yet'
        )}
      </span>
      {state.signing === 'stopped' && (
        <span className="flex flex-wrap items-center gap-x-3 [overflow-wrap:anywhere]">
          <Pill tone="bad">Signing stopped</Pill>
          <span>{state.reason}</span>
        </span>
      )}
      {!state.open && <Pill tone="bad">No events taken</Pill>}
      {verdict.whole && verdict.gaps.map((gap) => <DeclaredGap key={gap.seq} {...gap} />)}
      {verdict.torn.length > 0 && (
        <Pill tone="warn">
          {verdict.torn.length} unreadable {verdict.torn.length === 1 ? 'line' : 'lines'} of signed heads skipped
        </Pill>
      )}
      {state.signing !== 'stopped' && unsignedSince !== null && Date.now() - unsignedSince > SIGNED_WITHIN_MS && (
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

function DeclaredGap({ from, to, seq }: { from: number; to: number; seq: number }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <Pill tone="warn">Restored</Pill>
      <span>
        {from === to ? `Event ${from} was` : `Events ${from} to ${to} were`} lost in a restore, as event {seq} declares.
      </span>
    </span>
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
