import { EXTRACT_LABEL, type ExportState, type ExportSummary } from '@/lib/domain/export';
import { isolatedText } from '@/lib/domain/visible-text';
import { useMarkedUrl } from '../api/use-marked-url';
import { Button, buttonClass } from '../ui/button';
import { formatBytes } from '../ui/format-bytes';
import { LocalTime } from '../ui/local-time';
import { Pill, type Tone } from '../ui/pill';
import { CSV_IN_EXCEL, FORMAT_LABEL } from './format-text';

const STATE: Record<ExportState, { tone: Tone; word: string }> = {
  RUNNING: { tone: 'unknown', word: 'being written' },
  READY: { tone: 'ok', word: 'ready' },
  FAILED: { tone: 'bad', word: 'failed' },
  CANCELLED: { tone: 'plain', word: 'cancelled' },
  EXPIRED: { tone: 'plain', word: 'file removed' },
};

/** Exports past and under way, newest first: what was asked, by whom, how far it is, and what proves it. */
export function ExportList({ exports, onCancel }: { exports: ExportSummary[]; onCancel: (id: string) => void }) {
  return (
    <ol className="overflow-hidden rounded-lg border border-line bg-surface empty:hidden">
      {exports.map((one) => (
        <li key={one.id} className="border-line border-b last:border-b-0">
          <article aria-label={nameOf(one)} className="grid gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[1fr_auto]">
            <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-semibold">{nameOf(one)}</span>
              <Pill tone={STATE[one.state].tone}>{STATE[one.state].word}</Pill>
              <span className="text-muted">
                {one.byName}, <LocalTime at={one.createdAt} />
              </span>
              <span className="text-muted">{sizeOf(one)}</span>
            </div>
            <Act one={one} onCancel={onCancel} />
            <p className="text-muted [overflow-wrap:anywhere] sm:col-span-2">{filterOf(one)}</p>
            {one.state === 'READY' && one.format === 'csv' && <p className="text-muted text-xs sm:col-span-2">{CSV_IN_EXCEL}</p>}
            {one.state === 'RUNNING' && <Bar one={one} />}
            {one.failure && <p className="text-bad sm:col-span-2">{one.failure}</p>}
            {one.manifestSha256 && (
              <details className="sm:col-span-2">
                <summary data-row className="w-fit cursor-pointer text-muted text-xs">
                  Proof
                </summary>
                <dl className="grid gap-x-3 py-1 text-xs sm:grid-cols-[auto_1fr]">
                  <dt className="text-muted">sha256 of manifest.json</dt>
                  <dd className="font-mono [overflow-wrap:anywhere]">{one.manifestSha256}</dd>
                  <dt className="text-muted">taken at event</dt>
                  <dd className="font-mono">{one.headSeq ?? 'none'}</dd>
                  {one.state === 'READY' && (
                    <>
                      <dt className="text-muted">can be downloaded until</dt>
                      <dd>
                        <LocalTime at={one.expiresAt} />
                      </dd>
                    </>
                  )}
                </dl>
              </details>
            )}
          </article>
        </li>
      ))}
    </ol>
  );
}

function Act({ one, onCancel }: { one: ExportSummary; onCancel: (id: string) => void }) {
  if (one.state === 'RUNNING')
    return (
      <Button small onClick={() => onCancel(one.id)} className="justify-self-start sm:justify-self-end">
        Cancel
      </Button>
    );
  return one.state === 'READY' ? <Download one={one} /> : <span />;
}

function Download({ one }: { one: ExportSummary }) {
  return (
    <a
      href={useMarkedUrl(`/api/exports/${one.id}/file`)}
      download
      className={`${buttonClass('plain', true)} justify-self-start sm:justify-self-end`}
    >
      Download<span className="sr-only"> {nameOf(one)}</span>
    </a>
  );
}

function Bar({ one: { rows, total } }: { one: ExportSummary }) {
  const known = total !== null && total > 0;
  return (
    <progress
      aria-label="Written so far"
      {...(known && { value: Math.min(rows, total), max: total })}
      className="h-1.5 w-full appearance-none overflow-hidden rounded-full border-0 bg-line sm:col-span-2 [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
    />
  );
}

function nameOf({ kind, format }: ExportSummary): string {
  return `${EXTRACT_LABEL[kind]}${format === 'pack' ? '' : ` (${FORMAT_LABEL[format]})`}`;
}

function sizeOf({ kind, state, rows, total, bytes }: ExportSummary): string {
  if (state !== 'RUNNING' && state !== 'READY' && state !== 'EXPIRED') return '';
  const noun = kind === 'population' ? 'records' : 'events';
  const written = rows.toLocaleString('en-GB');
  const of = state === 'RUNNING' && total !== null ? ` of ${total.toLocaleString('en-GB')}` : '';
  return `${written}${of} ${noun}, ${formatBytes(bytes)}`;
}

function filterOf({ query }: ExportSummary): string {
  if (query === '') return 'Everything';
  return [...new URLSearchParams(query)].map(([name, value]) => `${name} ${isolatedText(value)}`).join(' · ');
}
