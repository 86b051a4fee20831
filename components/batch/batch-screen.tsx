import Link from 'next/link';
import type { BatchResult, BatchVerb } from '@/lib/domain/desk-input';
import { buttonClass } from '../ui/button';
import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';
import { casesText } from './batch-text';

const TITLE: Record<BatchVerb, string> = {
  assign: 'Cases given',
  claim: 'Cases claimed',
  release: 'Claims given back',
  escalate: 'Cases escalated',
};

/** What a bulk act did to each case. */
export function BatchScreen({ batch }: { batch: BatchResult }) {
  const { id, verb, detail, query, byName, at, succeeded, refused, truncated } = batch;
  return (
    <div className="mx-auto grid w-full max-w-4xl content-start gap-4 px-3 py-6 sm:px-6">
      <div>
        <h1 className="font-semibold text-xl">
          {TITLE[verb]}
          {verb === 'assign' && ` to ${detail}`}
        </h1>
        <p className="text-muted">
          By {byName}, <LocalTime at={at} />. {query === null ? 'The cases were named one by one.' : 'The cases were those a search found.'}{' '}
          Batch <code className="break-all font-mono text-xs">{id}</code>
        </p>
        {verb === 'escalate' && <p className="mt-2 whitespace-pre-wrap break-words">{detail}</p>}
      </div>
      <dl className="grid grid-cols-3 gap-2">
        <Figure label="done" value={succeeded.length} />
        <Figure label="refused" value={refused.length} />
        <Figure label="left out" value={truncated} />
      </dl>
      {truncated > 0 && (
        <Notice
          tone="warn"
          title={`${casesText(truncated)} beyond the first ${casesText(succeeded.length + refused.length)} were left as they are.`}
        >
          Do it again for the rest.
        </Notice>
      )}
      {refused.length > 0 && <RefusedCases refused={refused} />}
      {succeeded.length > 0 && (
        <section className="rounded-lg border border-line bg-surface p-4">
          <h2 className="mb-2 font-semibold">Done</h2>
          <ul className="flex flex-wrap gap-x-3 gap-y-1 font-mono">
            {succeeded.map((one) => (
              <li key={one}>
                <CaseNumber id={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="flex flex-wrap gap-2">
        <Link href={query === null ? '/verifications' : `/verifications?source=index&${query}`} prefetch={false} className={buttonClass()}>
          {query === null ? 'All verifications' : 'What the search finds now'}
        </Link>
      </p>
    </div>
  );
}

function RefusedCases({ refused }: { refused: BatchResult['refused'] }) {
  return (
    <section className="rounded-lg border border-line bg-surface p-4">
      <h2 className="mb-2 font-semibold">Refused</h2>
      <ul className="divide-y divide-line">
        {refused.map(({ id, code, message }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-1.5">
            <span className="w-16 font-mono">
              <CaseNumber id={id} />
            </span>
            <span className="min-w-0 flex-1 basis-60 break-words">{message}</span>
            <code className="font-mono text-muted text-xs">{code}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CaseNumber({ id }: { id: number }) {
  return (
    <Link href={`/verifications/${id}`} prefetch={false} className="underline decoration-line-strong underline-offset-2 hover:text-accent">
      {id}
    </Link>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div className="flex flex-col-reverse rounded-lg border border-line bg-surface px-4 py-3">
      <dt className="text-muted">{label}</dt>
      <dd className="font-semibold text-2xl">{value.toLocaleString('en-GB')}</dd>
    </div>
  );
}
