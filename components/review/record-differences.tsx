import type { RecordDifference } from '@/lib/domain/record-difference';
import { ForeignText } from '../ui/foreign-text';

/** Differences shown at once; more of them are one press away. */
const SHOWN = 4;

/** Lists in what two versions of a record differ; null when the earlier one is not kept. */
export function RecordDifferences({ differences }: { differences: readonly RecordDifference[] | null }) {
  if (differences === null) return <p>The earlier record is not kept here, so the differences cannot be shown.</p>;
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
