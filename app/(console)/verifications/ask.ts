import { parseJson, refusalIn, request } from '@/components/api/request';
import { LoadFailure } from '@/components/grid/load-failure';

const PATIENCE_MS = 30_000;

/**
 * Asks the console's API and answers the parsed JSON. Throws a LoadFailure for every other outcome; what the caller
 * aborted is thrown as it came.
 */
export async function ask(path: string, signal: AbortSignal): Promise<unknown> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let answer: Response;
  let text: string;
  try {
    answer = await request(path, { signal: AbortSignal.any([signal, patience]), headers: { accept: 'application/json' } });
    text = await answer.text();
  } catch (error) {
    if (signal.aborted) throw error;
    const waited = patience.aborted ? `did not answer within ${PATIENCE_MS / 1000} s` : 'could not be reached';
    throw new LoadFailure('unreachable', `The console ${waited}. Check the connection and try again.`);
  }
  const body = parseJson(text);
  if (answer.ok && body !== undefined) return body;
  const refused = refusalIn(body);
  if (refused) throw new LoadFailure(refused.code, refused.message, refused.requestId);
  throw new LoadFailure('unreadable', `The console answered ${answer.status} in a form that cannot be read. Try again.`);
}
