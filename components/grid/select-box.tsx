export interface SelectBoxProps {
  id: number;
  checked: boolean;
  reachable: boolean;
  onToggle: (id: number) => void;
}

/** The box that chooses a row; its label is wider than it looks, so that a near miss does not open the case. */
export function SelectBox({ id, checked, reachable, onToggle }: SelectBoxProps) {
  return (
    <label className="grid size-8 cursor-pointer place-items-center">
      <input
        type="checkbox"
        aria-label={`Select ${id}`}
        checked={checked}
        tabIndex={reachable ? 0 : -1}
        onChange={() => onToggle(id)}
        className="size-3.5 cursor-pointer accent-accent"
      />
    </label>
  );
}
