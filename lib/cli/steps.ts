/** Tells a step's state in a few words, for example "34 of 120". */
export type Progress = (state: string) => void;

const EVERY_MS = process.stdout.isTTY ? 500 : 5000;
const running = new Map<string, { since: number; state: string }>();
let timer: NodeJS.Timeout | undefined;
let quiet = false;

/**
 * Runs one step of a start and shows it: while it runs, its name, state and seconds (one line that is rewritten on a terminal,
 * a line every five seconds elsewhere); then a line with its time. Steps may overlap.
 */
export async function step<T>(name: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  const entry = { since: Date.now(), state: '' };
  running.set(name, entry);
  timer ??= setInterval(show, EVERY_MS).unref();
  try {
    const result = await work((state) => {
      entry.state = state;
    });
    finish(`✓ ${name} (${elapsed(entry.since)})`, name);
    return result;
  } catch (error) {
    finish(`✗ ${name} (${elapsed(entry.since)})`, name);
    throw error;
  }
}

/** From now on nothing is shown of steps: what is being stopped would only tell of its interruption. */
export function hideSteps(): void {
  quiet = true;
  clear();
}

/** Prints a line without breaking the one that is being rewritten. */
export function say(text: string): void {
  clear();
  console.log(text);
}

function finish(line: string, name: string): void {
  running.delete(name);
  if (running.size === 0) {
    clearInterval(timer);
    timer = undefined;
  }
  if (!quiet) say(line);
}

function show(): void {
  if (quiet) return;
  const states = [...running].map(([name, { since, state }]) => `${name}: ${[state, elapsed(since)].filter(Boolean).join(', ')}`);
  if (!process.stdout.isTTY) {
    for (const line of states) console.log(`  ${line}`);
    return;
  }
  clear();
  process.stdout.write(`  ${states.join(' · ')}`.slice(0, (process.stdout.columns || 80) - 1));
}

function clear(): void {
  if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
}

function elapsed(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
