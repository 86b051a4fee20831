import { tabId } from './tab';

/** What tabs of one browser tell each other: which session is in use, and the claim of which case changed. */
export type Subject = 'session' | 'claims';

const open = (subject: Subject) => new BroadcastChannel(`second-look/${subject}`);

/** Whether tabs can reach each other. It only makes them ask the server sooner; nothing depends on it. */
const canReach = () => typeof BroadcastChannel !== 'undefined';

/** Reports something to the other tabs of this browser. */
export function spreadNews(subject: Subject, news: string | number | null): void {
  if (!canReach()) return;
  const channel = open(subject);
  channel.postMessage([tabId(), news]);
  channel.close();
}

/** Calls `listener` with what another tab reports. Returns the function that stops listening. */
export function onNews(subject: Subject, listener: (news: unknown) => void): () => void {
  if (!canReach()) return () => undefined;
  const channel = open(subject);
  channel.onmessage = ({ data }) => data[0] !== tabId() && listener(data[1]);
  return () => channel.close();
}
