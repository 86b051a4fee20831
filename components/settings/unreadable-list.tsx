import Link from 'next/link';
import { type FlawKind, flawSentence } from '@/lib/domain/record-flaw';
import { ForeignText } from '../ui/foreign-text';
import { LocalTime } from '../ui/local-time';

export interface UnreadableEntry {
  /** Null where it cannot be told. */
  id: number | null;
  givenId: string | null;
  position: number;
  flaw: FlawKind;
  firstSeenAt: number;
}

export interface UnreadableListProps {
  /** Why the list itself cannot be read now; null when it can. */
  failure: string | null;
  entries: readonly UnreadableEntry[];
  /** All of them; the first ones are listed. */
  count: number;
}

/** The records of the verification API that cannot be read: which, where in its list, what is wrong, since when. */
export function UnreadableList({ failure, entries, count }: UnreadableListProps) {
  return (
    <section aria-labelledby="unreadable" className="grid gap-2">
      <h2 id="unreadable" className="font-semibold text-lg">
        Unreadable records
      </h2>
      {count === 0 ? (
        <p className="text-muted">
          {failure === null
            ? 'None. Every record the verification API lists can be read.'
            : 'None so far. The list itself cannot be read now, so there may be some.'}
        </p>
      ) : (
        <>
          <p className="text-muted">
            {count === 1
              ? '1 record of the verification API cannot be read, so it is missing from every list here; all other records are there. The operator of the verification API must mend it. The console then reads it every night, or at once with “Sync now”.'
              : `${count.toLocaleString('en-GB')} records of the verification API cannot be read, so they are missing from every list here; all other records are there. The operator of the verification API must mend them. The console then reads them every night, or at once with “Sync now”.`}
          </p>
          <Entries entries={entries} />
          {entries.length < count && <p className="text-muted">The first {entries.length} are shown.</p>}
        </>
      )}
    </section>
  );
}

const HEAD = 'px-3 py-1.5 text-left font-medium text-muted';
const CELL = 'px-3 py-1.5 align-top';

function Entries({ entries }: { entries: readonly UnreadableEntry[] }) {
  return (
    <section aria-label="Unreadable records, table" className="overflow-x-auto rounded-lg border border-line bg-surface">
      <table className="w-full">
        <thead>
          <tr className="border-line border-b">
            <th className={HEAD}>Verification</th>
            <th className={HEAD}>Place in the list</th>
            <th className={HEAD}>What is wrong</th>
            <th className={HEAD}>Since</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.position} className="border-line border-b last:border-b-0">
              <td className={`${CELL} font-mono`}>
                <Name {...entry} />
              </td>
              <td className={`${CELL} tabular-nums`}>{entry.position.toLocaleString('en-GB')}</td>
              <td className={`${CELL} min-w-48`}>{flawSentence(entry.flaw)}</td>
              <td className={`${CELL} whitespace-nowrap`}>
                <LocalTime at={entry.firstSeenAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Name({ id, givenId }: UnreadableEntry) {
  const name = id === null ? givenId : String(id);
  if (name === null) return <span className="font-sans text-muted">not known</span>;
  if (id === null && !/^\d+$/.test(name)) return <ForeignText text={name} />;
  return (
    <Link href={`/verifications/${name}`} className="text-accent underline">
      {name}
    </Link>
  );
}
