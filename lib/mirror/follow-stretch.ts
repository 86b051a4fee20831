import { renewedSource } from './record-source';
import { runStretch, type StretchResult } from './run-stretch';
import { finishSyncRequest, takeSyncRequest } from './sync-request';
import { syncStatus } from './sync-status';

/**
 * Follows the newest records for a while, as `runStretch` does. When someone requested a sync, it does so although the upstream is left
 * alone after failures, reads the unreadable records again, and notes how the request ended.
 */
export async function followStretch(signal: AbortSignal, until: number): Promise<StretchResult> {
  const request = await takeSyncRequest();
  if (request === null) return runStretch('follow', { signal, until });
  const result = await runStretch('follow', { signal, until, source: renewedSource(), isRequested: true }).catch(async (fault: unknown) => {
    await finishSyncRequest(request, 'The sync failed for a fault of the console; its log says more.');
    throw fault;
  });
  if (result.state === 'done') await finishSyncRequest(request, null);
  if (result.state === 'waits') await finishSyncRequest(request, (await syncStatus()).failure ?? 'The verification service failed.');
  return result;
}
