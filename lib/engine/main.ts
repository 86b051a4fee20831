import { env } from '@/lib/env';
import { startEngine } from './start-engine';

// Entry of the verification service's own process: `node --import tsx lib/engine/main.ts`.
try {
  const engine = await startEngine(env());
  console.log(`Verification service listening on ${engine.url}`);
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      await engine.stop();
      process.exit(0);
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
