import type { Outcome, TechnicalCheck, Verification } from '@/lib/domain/verification';
import { visibleLines } from '@/lib/domain/visible-text';
import { ForeignText } from '../ui/foreign-text';
import { OutcomePill } from '../ui/outcome-pill';
import { checkSentence, checkTitle, meterOf } from './check-text';
import { Section } from './section';

/** Every check of the record, what failed first. Kinds that are not understood are shown as they were sent. */
export function ChecksPanel({ verification: { checks, faceCount } }: { verification: Verification }) {
  return (
    <Section title="Checks">
      {checks.length === 0 && <p className="text-muted">The record holds no technical check. That is not a pass.</p>}
      <ul className="divide-y divide-line">
        {worstFirst(checks).map((check, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record never changes, and its checks have no id
          <li key={index} className="grid grid-cols-[1fr_auto] items-center gap-x-2 py-1.5">
            <span className={check.known ? 'font-semibold' : 'break-all font-mono text-xs'}>
              <ForeignText text={checkTitle(check)} />
            </span>
            <OutcomePill outcome={check.outcome} />
            {check.known ? (
              <Measured check={check} sentence={checkSentence(check, faceCount)} />
            ) : (
              <pre
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
                tabIndex={0}
                className="col-span-2 mt-1 max-h-48 overflow-auto whitespace-pre-wrap break-all rounded border border-line bg-raised p-2 font-mono text-2xs"
              >
                {visibleLines(JSON.stringify(check.raw, null, 2))}
              </pre>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const RANK: Record<Outcome, number> = { fail: 0, unknown: 1, pass: 2 };

function worstFirst(checks: TechnicalCheck[]): TechnicalCheck[] {
  return checks.toSorted((a, b) => RANK[a.outcome] - RANK[b.outcome]);
}

const BAR: Record<Outcome, string> = { pass: 'bg-ok', fail: 'bg-bad', unknown: 'bg-faint' };

function Measured({ check, sentence }: { check: TechnicalCheck; sentence: string | null }) {
  const meter = meterOf(check);
  return (
    <>
      {meter && (
        <div aria-hidden="true" className="relative col-span-2 mt-1 mb-0.5 h-1 rounded-full bg-line">
          <div className={`absolute inset-y-0 left-0 rounded-full ${BAR[check.outcome]}`} style={{ width: `${meter.value * 100}%` }} />
          {meter.threshold !== null && (
            <div className="absolute -top-[3px] h-2.5 w-0.5 bg-text" style={{ left: `calc(${meter.threshold * 100}% - 1px)` }} />
          )}
        </div>
      )}
      {sentence && <p className="col-span-2 text-muted text-xs">{sentence}</p>}
      {check.reason && (
        <p className="col-span-2 text-muted text-xs">
          Reason given: <ForeignText text={check.reason} />
        </p>
      )}
    </>
  );
}
