import { z } from 'zod';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { route } from '@/lib/http/route';
import { inTurn } from '@/lib/review/evidence/frame-turns';
import { FRAME_PATIENCE_MS, takeFrame } from '@/lib/review/evidence/take-frame';
import { passOn } from '@/lib/upstream/pass-on';
import { KEPT_COPY_HEADER, openToView } from '../open-to-view';

const moment = z.coerce.number().min(0).max(86_400_000);

/**
 * One frame of an evidence clip as JPEG, for a browser that cannot play it: same permission, same record of the look, a few at a time.
 * `x-frame-time-ms` says where the frame itself begins, `x-clip-*` what the clip is.
 */
export const GET = route<{ name: string }>({ permission: 'records.read' }, async ({ request, actor, params: { name }, requestId }) => {
  const at = moment.safeParse(request.nextUrl.searchParams.get('at') ?? '0');
  if (!at.success) throw new Refusal('bad-request', 'Give the moment in milliseconds from the start of the clip.', { field: 'at' });
  return inTurn(actor, async () => {
    const { frame, keptAt } = await frameOf(actor, name, { atMs: at.data, left: request.signal, requestId });
    const { jpeg, timeMs, width, height, facts } = frame;
    const headers = new Headers({
      'cache-control': 'private, no-store, no-transform',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'content-type': 'image/jpeg',
      'x-frame-time-ms': String(timeMs),
      'x-clip-size': `${width}x${height}`,
      'x-clip-codec': facts.codec ?? '',
    });
    if (facts.bits !== null) headers.set('x-clip-bits', String(facts.bits));
    if (facts.durationMs !== null) headers.set('x-clip-duration-ms', String(facts.durationMs));
    if (keptAt) headers.set(KEPT_COPY_HEADER, keptAt.toISOString());
    return new Response(new Uint8Array(jpeg), { headers });
  });
});

/** The frame, and when the copy was kept that it comes from. */
async function frameOf(actor: Actor, name: string, { atMs, left, requestId }: { atMs: number; left: AbortSignal; requestId: string }) {
  const patience = AbortSignal.timeout(FRAME_PATIENCE_MS);
  const signal = AbortSignal.any([left, patience]);
  try {
    const { file, chunks, passing, keptAt } = await openToView(actor, name, { conditions: {}, signal, requestId });
    const stop = () => void file.body?.destroy();
    const frame = await takeFrame(passOn(chunks, passing, stop), atMs, signal).finally(stop);
    return { frame, keptAt };
  } catch (failure) {
    if (!patience.aborted) throw failure;
    const seconds = FRAME_PATIENCE_MS / 1000;
    throw new Refusal('upstream-timeout', `The frame could not be taken within ${seconds} seconds. Download the clip to see it.`);
  }
}
