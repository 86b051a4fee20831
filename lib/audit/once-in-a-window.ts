const KEYS_MAX = 20_000;

interface Remembered {
  /** Until when nothing more is recorded, by this process's clock. */
  until: number;
  recorded: Promise<number>;
}

const memory = new Map<string, Remembered>();

/**
 * Runs `record` unless it ran for the same key within the window, and resolves once that is recorded, so that whoever waits for it
 * shows nothing before. `record` resolves to how many milliseconds ago the window began: 0 for what it has just written. Calls at the
 * same time share one run; one that failed is forgotten. At most 20,000 keys are kept, in this process: after a restart, or in another
 * console, `record` is asked again.
 */
export async function onceInAWindow(key: string, windowMs: number, record: () => Promise<number>, now = Date.now()): Promise<void> {
  const known = memory.get(key);
  if (known && now < known.until) {
    await known.recorded;
    return;
  }
  const entry: Remembered = { until: Number.POSITIVE_INFINITY, recorded: record() };
  memory.delete(key);
  memory.set(key, entry);
  const [oldest] = memory.keys();
  if (memory.size > KEYS_MAX && oldest !== undefined) memory.delete(oldest);
  try {
    entry.until = now + windowMs - (await entry.recorded);
  } catch (failure) {
    if (memory.get(key) === entry) memory.delete(key);
    throw failure;
  }
}
