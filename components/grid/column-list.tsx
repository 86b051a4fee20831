import { ChevronDown, ChevronUp } from 'lucide-react';
import { Button } from '../ui/button';
import {
  COLUMN_LABEL,
  type ColumnId,
  columnsInOrder,
  DEFAULT_COLUMNS,
  FIXED_COLUMN,
  formatColumns,
  moveColumn,
  toggleColumn,
} from './column-choice';

export interface ColumnListProps {
  columns: readonly ColumnId[];
  onChange: (columns: readonly ColumnId[]) => void;
}

/** Every column, shown or not, in the order they stand in. */
export default function ColumnList({ columns, onChange }: ColumnListProps) {
  return (
    <>
      <ul aria-label="Columns">
        {columnsInOrder(columns).map((id) => (
          <ColumnItem key={id} id={id} columns={columns} onChange={onChange} />
        ))}
      </ul>
      <div className="mt-1 border-line border-t p-1 pt-2">
        <Button small variant="quiet" disabled={formatColumns(columns) === null} onClick={() => onChange(DEFAULT_COLUMNS)}>
          Back to the usual columns
        </Button>
      </div>
    </>
  );
}

function ColumnItem({ id, columns, onChange }: ColumnListProps & { id: ColumnId }) {
  const at = columns.indexOf(id);
  const label = COLUMN_LABEL[id];
  return (
    <li className="flex h-8 items-center rounded-md pr-1 hover:bg-raised">
      <label className="flex h-full min-w-0 flex-1 cursor-pointer items-center gap-2 pl-2">
        <input
          type="checkbox"
          className="size-3.5 accent-accent"
          checked={at >= 0}
          disabled={id === FIXED_COLUMN}
          onChange={() => onChange(toggleColumn(columns, id))}
        />
        {label}
      </label>
      {at >= 0 && (
        <>
          <MoveButton label={`Move ${label} to the left`} disabled={at === 0} onClick={() => onChange(moveColumn(columns, id, -1))} up />
          <MoveButton
            label={`Move ${label} to the right`}
            disabled={at === columns.length - 1}
            onClick={() => onChange(moveColumn(columns, id, 1))}
          />
        </>
      )}
    </li>
  );
}

function MoveButton({ label, disabled, onClick, up = false }: { label: string; disabled: boolean; onClick: () => void; up?: boolean }) {
  const Icon = up ? ChevronUp : ChevronDown;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      // Not `disabled`: the button keeps the focus when the column reaches the edge.
      aria-disabled={disabled}
      onClick={disabled ? undefined : onClick}
      className="grid size-6 place-items-center rounded text-muted hover:bg-line hover:text-text aria-disabled:cursor-default aria-disabled:opacity-30"
    >
      <Icon aria-hidden="true" className="size-3.5" />
    </button>
  );
}
