import { Funnel } from 'lucide-react';
import { tagValues, type Verification } from '@/lib/domain/verification';
import { NOTHING } from './cell-text';
import { useGridContext } from './grid-context';

const CUSTOMER = 'customerId';

/** Every customer the record names, each with a way to see only that customer's records. */
export function CustomerCell({ verification }: { verification: Verification }) {
  const { isFilteredBy, filterBy, current } = useGridContext();
  const values = [...new Set(tagValues(verification, CUSTOMER))];
  if (values.length === 0) return <span className="text-faint">{NOTHING}</span>;
  return (
    <span className="flex items-center gap-1" title={values.join(', ')}>
      <span className="truncate">{values.map((value) => value || '(empty)').join(', ')}</span>
      {values
        .filter((value) => !isFilteredBy({ name: CUSTOMER, value }))
        .map((value) => (
          <FilterButton
            key={value}
            value={value}
            reachable={current === verification.id}
            onPress={() => filterBy({ name: CUSTOMER, value })}
          />
        ))}
    </span>
  );
}

function FilterButton({ value, reachable, onPress }: { value: string; reachable: boolean; onPress: () => void }) {
  const label = `Only ${CUSTOMER} = ${value}`;
  return (
    <button
      type="button"
      tabIndex={reachable ? 0 : -1}
      onClick={onPress}
      aria-label={label}
      title={label}
      // Takes no room until the row is looked at: several values would otherwise be cut off for buttons nobody sees.
      className="grid h-5 w-0 shrink-0 place-items-center overflow-hidden rounded text-muted hover:bg-line hover:text-text group-focus-within/row:w-5 group-hover/row:w-5 pointer-coarse:w-5"
    >
      <Funnel aria-hidden="true" className="size-3" />
    </button>
  );
}
