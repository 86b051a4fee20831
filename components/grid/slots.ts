/**
 * Gives each place on the screen one of few slots. A place keeps its slot for as long as it is shown, and a new one takes the slot
 * of one that left: what stands in the document is filled anew instead of being made anew.
 */
export function assignSlots(before: ReadonlyMap<number, number>, indexes: readonly number[]): Map<number, number> {
  const slots = new Map<number, number>();
  for (const index of indexes) {
    const kept = before.get(index);
    if (kept !== undefined) slots.set(index, kept);
  }
  const taken = new Set(slots.values());
  let free = 0;
  for (const index of indexes) {
    if (slots.has(index)) continue;
    while (taken.has(free)) free += 1;
    taken.add(free);
    slots.set(index, free);
  }
  return slots;
}
