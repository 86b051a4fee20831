import { mkdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, needsBuild } from './build';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Last in the line for a processor. */
const LEAST = 19;

/**
 * Builds the console into `distDir`, unless it is built, with the processor time that others leave. It never fails: whoever starts
 * that console builds what is missing, and tells why it cannot. Ends with this process.
 */
export async function buildAhead(distDir: string): Promise<void> {
  if (!needsBuild(root, distDir)) return;
  const logDir = join(root, 'data/test');
  mkdirSync(logDir, { recursive: true });
  let end = () => {};
  const leave = () => process.exit(1);
  const made = build(root, distDir, logDir, ({ pid }) => {
    if (pid === undefined) return;
    setPriority(pid, LEAST);
    end = () => process.kill(-pid, 'SIGKILL');
  });
  const stop = () => end();
  process.once('exit', stop).once('SIGINT', leave).once('SIGTERM', leave);
  await made.catch(() => {});
  process.off('exit', stop).off('SIGINT', leave).off('SIGTERM', leave);
}
