import { Funnel } from 'lucide-react';
import { tagValues, type Verification } from '@/lib/domain/verification';
import { isolatedText } from '@/lib/domain/visible-text';
import { NOTHING } from './cell-text';
import { useGridContext } from './grid-context';

const CUSTOMER = 'customerId';

/** Every customer a record names, once each. */
export const customersOf = (verification: Verification) => [...new Set(tagValues(verification, CUSTOMER))];

/** The customers a record names, an empty value said in words. */
export const customersText = (values: readonly string[]) =>
  values.map((value) => (value === '' ? '(empty)' : isolatedText(value.slice(0, 300)))).join(', ');

export interface CustomerCellProps {
  verification: Verification;
  /** Whether the record is looked at: nobody sees, or pays for, the buttons of all others. */
  withFilters: boolean;
}

/** Every customer the record names, each with a way to see only that customer's records. For a line of items. */
export function CustomerCell({ verification, withFilters }: CustomerCellProps) {
  const values = customersOf(verification);
  if (values.length === 0) return <span className="text-faint">{NOTHING}</span>;
  return (
    <>
      <span className="truncate">{customersText(values)}</span>
      {withFilters && values.map((value) => <FilterButton key={value} value={value} id={verification.id} />)}
    </>
  );
}

function FilterButton({ value, id }: { value: string; id: number }) {
  const { isFilteredBy, filterBy, current } = useGridContext();
  const tag = { name: CUSTOMER, value };
  if (isFilteredBy(tag)) return null;
  const label = `Only ${CUSTOMER} = ${isolatedText(value.slice(0, 80))}`;
  return (
    <button
      type="button"
      tabIndex={current === id ? 0 : -1}
      onClick={() => filterBy(tag)}
      aria-label={label}
      title={label}
      className="grid size-5 shrink-0 place-items-center rounded text-muted hover:bg-line hover:text-text"
    >
      <Funnel aria-hidden="true" className="size-3" />
    </button>
  );
}
