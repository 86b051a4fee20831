import { sessionsReadable } from './sessions';

/** A good answer holds this long for all who ask. */
const GOOD_FOR_MS = 1_000;
const PATIENCE_MS = 5_000;

let goodUntil = 0;

/** Resolves to whether the database answers, within five seconds. */
export async function databaseAnswers(now = Date.now()): Promise<boolean> {
  if (now < goodUntil) return true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const given = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const answers = await Promise.race([sessionsReadable(), given]);
  clearTimeout(timer);
  if (answers) goodUntil = Date.now() + GOOD_FOR_MS;
  return answers;
}
