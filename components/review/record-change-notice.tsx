import { changeSentences, type RecordChange } from '@/lib/domain/record-change';
import type { RecordDifference } from '@/lib/domain/record-difference';
import { ForeignText } from '../ui/foreign-text';
import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';

/** Differences shown at once; more of them are one press away. */
const SHOWN = 4;

const TITLE: Record<RecordChange['kind'], string> = {
  changed: 'The record changed after this decision',
  gone: 'The record is gone since this decision',
  returned: 'The record was another one for a while',
};

/** Says that the present record is not the one that was decided on: what happened, when, in what they differ, and what to do. */
export function RecordChangeNotice({ change, className }: { change: RecordChange; className?: string }) {
  const { kind, at, returnedAt, differences } = change;
  return (
    <Notice tone={kind === 'returned' ? 'warn' : 'bad'} title={TITLE[kind]} className={className}>
      <div className="max-h-56 overflow-y-auto">
        <p>
          {changeSentences(change).join(' ')}{' '}
          {at !== null && (
            <>
              First noticed <LocalTime at={at} />
              {returnedAt !== null && (
                <>
                  , back as it was <LocalTime at={returnedAt} />
                </>
              )}
              .
            </>
          )}
        </p>
        {differences === null ? (
          <p>The earlier record is not kept here, so the differences cannot be shown.</p>
        ) : (
          <Differences differences={differences} />
        )}
        <p>{ADVICE[kind]}</p>
      </div>
    </Notice>
  );
}

const ADVICE: Record<RecordChange['kind'], string> = {
  changed: 'The decision stays as it is until somebody acts. If it no longer fits, decide the case again on the present record.',
  gone: 'The decision stays as it is until somebody acts. Find out from the verification service why the record is gone.',
  returned: 'The decision fits the present record. Find out from the verification service why it sent another one.',
};

function Differences({ differences }: { differences: readonly RecordDifference[] }) {
  const [first, more] = [differences.slice(0, SHOWN), differences.slice(SHOWN)];
  return (
    <>
      <DifferenceList differences={first} />
      {more.length > 0 && (
        <details>
          <summary className="cursor-pointer">
            {more.length} more {more.length === 1 ? 'difference' : 'differences'}
          </summary>
          <DifferenceList differences={more} />
        </details>
      )}
    </>
  );
}

function DifferenceList({ differences }: { differences: readonly RecordDifference[] }) {
  return (
    <dl className="my-1 text-text [overflow-wrap:anywhere]">
      {differences.map(({ subject, before, after }) => (
        <div key={`${subject} ${before} ${after}`} className="flex flex-wrap gap-x-2">
          <dt className="font-medium">
            <ForeignText text={subject} />
          </dt>
          <dd>
            <del className="text-muted">{before === null ? 'none' : <ForeignText text={before} />}</del> <span aria-hidden>→</span>{' '}
            <ins className="no-underline">{after === null ? 'none' : <ForeignText text={after} />}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
