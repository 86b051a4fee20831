import { X } from 'lucide-react';
import Link from 'next/link';
import { findingsOf } from '@/lib/domain/finding';
import type { TechnicalCheck } from '@/lib/domain/verification';
import { isolatedText } from '@/lib/domain/visible-text';
import { Button, buttonClass } from '../ui/button';
import { LongForeignText } from '../ui/foreign-text';
import { Kbd } from '../ui/kbd';
import { LocalTime } from '../ui/local-time';
import { MachineResultPill } from '../ui/machine-result-pill';
import { OutcomePill } from '../ui/outcome-pill';
import { Pill } from '../ui/pill';
import { useTimeZone } from '../ui/time-zone';
import { facesText, stateDetail } from './cell-text';
import { CustomerLines, isNoCustomer } from './customer-lines';
import type { GridRecord } from './grid-record';
import { PeekLine as Line } from './peek-line';
import { PeekPictures } from './peek-pictures';
import { StateCell } from './state-cell';

export interface PeekPanelProps {
  record: GridRecord;
  href: string;
  /** Undefined for whoever may not claim. */
  onClaim: (() => void) | undefined;
  onClose: () => void;
}

/** Both pictures and the checks of the row one is on, beside the rows. */
export default function PeekPanel({ record, href, onClaim, onClose }: PeekPanelProps) {
  const zone = useTimeZone();
  const { id, verification, review } = record;
  const notes = review.status === 'known' ? review.summary.notes : null;
  const findings = findingsOf(verification);
  return (
    <section
      aria-label={`Verification ${id} at a glance`}
      className="hidden w-[352px] shrink-0 flex-col border-line border-l bg-surface sm:flex"
    >
      <div className="min-h-0 flex-1 overflow-y-auto p-3">
        <PeekPictures verification={verification} />
        <div className="flex items-center justify-between py-2">
          <h2 className="font-mono font-semibold text-base">{id}</h2>
          <span className="flex items-center gap-1">
            <MachineResultPill result={verification.machineResult} />
            <Button small variant="quiet" onClick={onClose} aria-label="Close the panel" title="Close the panel (Space)" className="w-7">
              <X aria-hidden="true" className="size-4 shrink-0" />
            </Button>
          </span>
        </div>
        <dl>
          <Line name="State">
            <span title={stateDetail(record, zone)} className="flex min-w-0 items-center gap-2">
              <StateCell record={record} />
            </span>
          </Line>
          {verification.checks.map((check, index) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: two checks may be of one kind, and their order never changes
              key={index}
              name={wordsOf(check.kind)}
            >
              <span className="font-mono text-muted">{measureText(check)}</span>
              <OutcomePill outcome={check.outcome} />
            </Line>
          ))}
          {verification.checks.length === 0 && <Line name="Checks">none were sent</Line>}
          <Line name="Faces, ID / selfie">
            <span className="font-mono">{facesText(verification.faceCount)}</span>
          </Line>
          <Line name="Findings">
            {findings.length === 0 ? (
              <span className="text-muted">none</span>
            ) : (
              <span className="flex flex-wrap justify-end gap-1">
                {findings.map(({ kind, weight, label, detail }) => (
                  <Pill key={`${kind} ${label}`} tone={weight === 'warning' ? 'warn' : 'plain'} title={detail}>
                    {label}
                  </Pill>
                ))}
              </span>
            )}
          </Line>
          <CustomerLines verification={verification} />
          {verification.tags.filter(isNoCustomer).map(({ name, value }) => (
            <Line key={`${name} ${value}`} name={name === '' ? '(no name)' : isolatedText(name.slice(0, 80))}>
              <span className="break-all">{value === '' ? '(empty)' : <LongForeignText text={value} />}</span>
            </Line>
          ))}
          <Line name="Received">
            <LocalTime at={verification.receivedAt} />
          </Line>
          <Line name="Notes">
            <span className="text-muted">{notes === null ? 'unknown here' : notes === 0 ? 'none yet' : notes}</span>
          </Line>
        </dl>
      </div>
      <div className="flex shrink-0 gap-2 border-line border-t p-2.5">
        <Link href={href} prefetch={false} className={`${buttonClass('primary')} flex-1`}>
          Open case <Kbd inherit>↵</Kbd>
        </Link>
        {onClaim && (
          <Button onClick={onClaim} shortcut="C" scope="grid">
            Claim
          </Button>
        )}
      </div>
    </section>
  );
}

/** "FACE_MATCH" as "Face match". */
function wordsOf(kind: string): string {
  return kind
    .replaceAll('_', ' ')
    .toLowerCase()
    .replace(/^./, (first) => first.toUpperCase());
}

function measureText({ measure: { value, threshold } }: TechnicalCheck): string {
  if (value === null) return '';
  const short = (number: number) => (Number.isInteger(number) ? String(number) : number.toFixed(2));
  return threshold === null ? short(value) : `${short(value)} / ${short(threshold)}`;
}
