import * as z from 'zod/mini';
import { ROLES } from './roles';

/** Carries the mark of the session a page was rendered for, with every request of that page. */
export const SESSION_HEADER = 'x-session';

/** The same as a query parameter, for what sends no headers of its own: pictures, clips, downloads. */
export const SESSION_PARAM = 'x-session';

/** On the refusal of a page whose session is another one by now. */
export const SESSION_REFUSED_HEADER = 'x-session-refused';

/** Carries the id of the browser tab that holds a claim. */
export const TAB_HEADER = 'x-tab';

const TAB_ID = /^[0-9a-f]{32}$/;

/** Returns the id of the tab a request comes from; null when it names none, or nothing that is an id. */
export function readTab(headers: Headers): string | null {
  const tab = headers.get(TAB_HEADER);
  return tab !== null && TAB_ID.test(tab) ? tab : null;
}

/** Who is signed in now, as the refusal `other-session` reports it in its details. */
export const signedInNow = z.object({
  mark: z.string(),
  user: z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES) }),
});

export type SignedInNow = z.infer<typeof signedInNow>;
