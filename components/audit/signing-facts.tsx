import type { ReactNode } from 'react';
import { LocalTime } from '../ui/local-time';
import type { WireVerdict } from './verdict-wire';

/** Shows what an auditor writes down and compares later: how the log is signed, by which keys, and what is known to be missing. */
export function SigningFacts({ facts: { verdict, state, checkpoint, keys, witness } }: { facts: WireVerdict }) {
  const gaps = verdict.whole ? verdict.gaps : [];
  return (
    <dl className="grid gap-x-6 gap-y-3 rounded-lg border border-line bg-surface px-4 py-3 sm:grid-cols-[auto_minmax(0,1fr)]">
      <Fact name="Signing">
        {state.signing === 'on' ? 'Running' : state.reason}
        {state.since !== null && (
          <>
            {' '}
            Since <LocalTime at={state.since} />.
          </>
        )}
      </Fact>
      <Fact name="Events">{state.open ? 'Recorded' : 'Refused until a restore is declared with npm run audit:restored'}</Fact>
      <Fact name="Newest signed head">
        {checkpoint ? (
          <>
            Event {checkpoint.seq.toLocaleString('en-GB')}, <LocalTime at={Date.parse(checkpoint.at)} />, key <Hex>{checkpoint.keyId}</Hex>,
            head <Hex>{checkpoint.hash}</Hex>
          </>
        ) : (
          'None yet'
        )}
      </Fact>
      <Fact name="Public keys">
        <ul className="grid gap-1">
          {keys.map(({ keyId, publicKey, current }) => (
            <li key={keyId}>
              {keyId} {current ? '(in use)' : '(replaced)'}: <Hex>{publicKey}</Hex>
            </li>
          ))}
        </ul>
      </Fact>
      <Fact name="Declared losses">
        {gaps.length === 0
          ? verdict.whole
            ? 'None'
            : 'Not known while the chain is broken'
          : gaps.map(({ from, to, seq }) => `Events ${from} to ${to}, declared by event ${seq}`).join('; ')}
      </Fact>
      <Fact name="Unreadable lines">
        {verdict.torn.length === 0 ? 'None' : `${verdict.torn.map(({ file, line }) => `${file} line ${line}`).join(', ')}; skipped`}
      </Fact>
      <Fact name="Witness">
        {witness ? `${witness.origin}, told up to event ${witness.seq.toLocaleString('en-GB')}. ${witness.failure ?? ''}` : 'None set'}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

function Hex({ children }: { children: string }) {
  return <code className="font-mono text-xs [overflow-wrap:anywhere]">{children}</code>;
}
