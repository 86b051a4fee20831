export interface Unanswered {
  method: 'POST' | 'PUT' | 'DELETE' | 'GET';
  /** The request names itself by a key, so the server does it once however often it comes. */
  isKeyed: boolean;
  /** What a person should do, where the verb has a sentence of its own. */
  advice?: string | undefined;
  /** What happened instead of an answer, as the begin of a sentence. */
  what?: string;
}

/** Returns what happened, what it means and what to do when a request may have been done or not. Pure. */
export function noAnswerSentence({ method, isKeyed, advice, what = 'No answer came back' }: Unanswered): string {
  if (method === 'GET') return `${what}. ${advice ?? 'Try again.'}`;
  if (advice !== undefined) return `${what}. ${advice}`;
  if (isKeyed) return `${what}, so this may be stored already. What you entered is kept; send it again: it counts once.`;
  if (method !== 'POST') return `${what}, so this may be done already. Try again: doing it twice changes nothing.`;
  return `${what}, so this may be done already. Reload the page to see before you repeat it.`;
}
