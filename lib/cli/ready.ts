import { setTimeout as wait } from 'node:timers/promises';
import type { Service } from './processes';

/**
 * Waits until a service answers `url` with a status that `accepts` likes. Throws what the service died of, or an Error with its
 * last answer when `seconds` have passed.
 */
export async function untilReady(service: Service, url: string, accepts: (status: number) => boolean, seconds: number): Promise<void> {
  let last = 'no answer';
  let over = false;
  const asking = (async () => {
    while (!over) {
      // Closed at once: a server that is asked to stop waits for connections that are kept.
      const answer = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(5000) }).catch(() => undefined);
      if (answer && accepts(answer.status)) {
        await answer.body?.cancel();
        return;
      }
      if (answer) last = `status ${answer.status} ${(await answer.text().catch(() => '')).slice(0, 300)}`;
      await wait(100);
    }
  })();
  const late = wait(seconds * 1000, undefined, { ref: false }).then(() => {
    throw new Error(`The ${service.name} was not ready after ${seconds} s; ${url} gave ${last}.`);
  });
  const died = service.died.then((error) => {
    throw error;
  });
  try {
    await Promise.race([asking, late, died]);
  } finally {
    over = true;
  }
}
