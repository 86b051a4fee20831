import { tabId } from '../api/tab';

const CHANNEL = 'second-look/claims';

/** Reports to the other tabs of this browser that the claim of a case changed hands or ended. */
export function spreadClaim(caseId: number): void {
  const channel = open();
  channel?.postMessage({ caseId, tab: tabId() });
  channel?.close();
}

/** Calls `listener` when another tab reports a change of the claim of this case. Returns the function that stops listening. */
export function onClaimNews(caseId: number, listener: () => void): () => void {
  const channel = open();
  channel?.addEventListener('message', ({ data }) => data?.caseId === caseId && data.tab !== tabId() && listener());
  return () => channel?.close();
}

// Only faster than the next sign of presence, which reports the claim as well.
function open(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
}
