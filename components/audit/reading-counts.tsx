import Link from 'next/link';
import type { ReactNode } from 'react';
import { READING_COUNTED_MAX, type ReadingCounts } from '@/lib/domain/reading-query';
import { LocalTime } from '../ui/local-time';
import { type ReadingQuery, readingSearch } from './reading-wire';

const number = (value: number) => value.toLocaleString('en-GB');
const LISTED_MAX = 200;

/** How often each person looked, and how often each record was looked at; each row narrows the report to itself. */
export function ReadingTables({ counts, query }: { counts: ReadingCounts; query: ReadingQuery }) {
  const to = (change: Partial<ReadingQuery>) => `/audit/reading?${readingSearch({ ...query, ...change })}`;
  return (
    <>
      <p className="text-muted">
        {counts.capped
          ? `More than ${number(READING_COUNTED_MAX)} events match; the counts are of the newest ${number(READING_COUNTED_MAX)}.`
          : `${number(counts.events)} ${counts.events === 1 ? 'event' : 'events'} under this filter.`}
      </p>
      <div className="grid items-start gap-3 md:grid-cols-2">
        <Counted title="People" columns={['Person', 'Records', 'Events', 'Last']} rows={counts.people.length}>
          {counts.people.map(({ id, name, role, events, records, lastAt }) => (
            <tr key={id} className={ROW}>
              <th scope="row" className={NAME}>
                <Link href={to({ person: id })} prefetch={false} className="hover:text-accent hover:underline">
                  {name}
                </Link>{' '}
                <span className="text-faint text-xs">{role}</span>
              </th>
              <td className={FIGURE}>{number(records)}</td>
              <td className={FIGURE}>{number(events)}</td>
              <td className={TIME}>
                <LocalTime at={lastAt} />
              </td>
            </tr>
          ))}
        </Counted>
        <Counted title="Records" columns={['Verification', 'People', 'Events', 'Last']} rows={counts.records.length}>
          {counts.records.map(({ id, events, people, lastAt }) => (
            <tr key={id} className={ROW}>
              <th scope="row" className={`${NAME} font-mono`}>
                <Link href={to({ verification: String(id) })} prefetch={false} className="hover:text-accent hover:underline">
                  {id}
                </Link>
              </th>
              <td className={FIGURE}>{number(people)}</td>
              <td className={FIGURE}>{number(events)}</td>
              <td className={TIME}>
                <LocalTime at={lastAt} />
              </td>
            </tr>
          ))}
        </Counted>
      </div>
    </>
  );
}

const ROW = 'border-line border-t';
const NAME = 'px-3 py-1.5 text-left font-medium [overflow-wrap:anywhere]';
const FIGURE = 'px-2 py-1.5 text-right tabular-nums';
const TIME = 'px-3 py-1.5 text-right text-muted whitespace-nowrap';

function Counted({ title, columns, rows, children }: { title: string; columns: string[]; rows: number; children: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-surface">
      <h2 className="px-3 pt-2.5 font-semibold">{title}</h2>
      {rows === 0 ? (
        <p className="px-3 pb-2.5 text-muted">None under this filter.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus
        <div tabIndex={0} className="max-h-72 overflow-y-auto">
          <table className="w-full">
            <thead className="text-muted text-xs">
              <tr>
                {columns.map((column, index) => (
                  <th key={column} scope="col" className={`px-3 py-1 font-normal ${index === 0 ? 'text-left' : 'text-right'}`}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
      {rows === LISTED_MAX && <p className="border-line border-t px-3 py-1.5 text-muted text-xs">The newest {LISTED_MAX} are listed.</p>}
    </section>
  );
}
