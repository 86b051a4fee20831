import { classNames } from '../ui/class-names';
import { Pill } from '../ui/pill';
import { type FaceFacts, formatConfidence, formatFacts } from './face-facts';
import { LandmarkTable } from './landmark-table';
import type { Evidence } from './use-evidence';

/** Every face of the record; a row lights its face on the canvas and is lit by it. */
export function FaceList({ evidence }: { evidence: Pick<Evidence, 'facts' | 'lit' | 'setLit' | 'centre'> }) {
  const { facts, lit, setLit, centre } = evidence;
  if (facts.length === 0) return <p className="text-muted">The record lists no face on either picture.</p>;
  return (
    <>
      <ul className="-mx-1.5">
        {facts.map((fact) => (
          <li key={fact.key}>
            <button
              type="button"
              data-lit={fact.key === lit || undefined}
              onPointerEnter={() => setLit(fact.key)}
              onPointerLeave={() => setLit(null)}
              onFocus={() => setLit(fact.key)}
              onBlur={() => setLit(null)}
              onClick={() => centre(fact)}
              className="grid w-full grid-cols-[14px_1fr_auto] items-baseline gap-x-2 rounded-md px-1.5 py-1 text-left data-lit:bg-accent-soft"
            >
              <span aria-hidden="true" className={classNames('size-2.5 self-center rounded-xs border-2', swatch(fact))} />
              <span>{fact.name}</span>
              <span className="font-mono text-xs">{formatConfidence(fact.face.confidence)}</span>
              <span className="col-start-2 col-end-4 text-faint text-xs tabular-nums">{formatFacts(fact)}</span>
              {!fact.drawable && (
                <span className="col-start-2 col-end-4">
                  <Pill tone="warn">not drawn</Pill>
                </span>
              )}
            </button>
            {fact.problem && <Problem fact={fact} />}
          </li>
        ))}
      </ul>
      <details className="group mt-1.5">
        <summary className="w-fit cursor-pointer text-muted text-xs hover:text-text">Landmarks in numbers</summary>
        <LandmarkTable facts={facts} />
      </details>
    </>
  );
}

function Problem({ fact }: { fact: FaceFacts }) {
  return (
    <div className="pr-1.5 pb-1.5 pl-7 text-warn text-xs">
      <p>{fact.problem}</p>
      {!fact.drawable && (
        <pre className="mt-1 max-h-40 overflow-auto whitespace-pre-wrap break-all rounded border border-line bg-raised p-1.5 font-mono text-2xs text-muted">
          {JSON.stringify(fact.face.raw, null, 1)}
        </pre>
      )}
    </div>
  );
}

function swatch({ main, face }: FaceFacts): string {
  if (!main) return 'border-face-minor border-dashed';
  return face.category === 'id' ? 'border-face-id' : 'border-face-selfie';
}
