import { TAB_HEADER } from '@/lib/domain/page-session';

let id: string | null = null;

/** Names this page as long as it is loaded. A reload and a duplicate of the tab are pages of their own, unlike their storage. */
export function tabId(): string {
  id ??= Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return id;
}

/** Names this page to the server as one of those that hold a claim. */
export function tabHeaders(): Record<string, string> {
  return { [TAB_HEADER]: tabId() };
}
