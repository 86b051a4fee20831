import { watchSession } from '@/lib/auth/live-sessions';
import type { Actor } from '@/lib/domain/actor';

/**
 * Returns an answer whose body breaks off within 5 seconds of the end of the actor's session, as a cut connection and never
 * like a complete one. JSON is left alone: it is on its way at once.
 */
export function whileSignedIn(actor: Actor, answer: Response): Response {
  const { body, status, statusText, headers } = answer;
  if (body === null || headers.get('content-type')?.split(';', 1)[0] === 'application/json') return answer;
  return new Response(endingWith(actor, body), { status, statusText, headers });
}

function endingWith(actor: Actor, body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let forget = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        forget = watchSession(actor, () => {
          controller.error(new Error('The session of this answer has ended.'));
          reader.cancel().catch(() => undefined);
        });
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          forget();
          controller.close();
        } catch (failure) {
          forget();
          throw failure;
        }
      },
      async cancel(reason) {
        forget();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
