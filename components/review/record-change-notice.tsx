import { changeSentences, type RecordChange } from '@/lib/domain/record-change';
import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';
import { RecordDifferences } from './record-differences';

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
        <RecordDifferences differences={differences} />
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
