import * as z from 'zod/mini';

/** Cases a browser may ask about at once. */
export const DRAFT_CASES_MAX = 200;

/** What `GET /api/me/drafts` returns; times are the server's, in milliseconds since 1970. */
export const draftsAnswer = z.object({
  /** The key that seals the caller's drafts: 32 bytes in base64. */
  key: z.string(),
  now: z.number(),
  erased: z.array(z.object({ id: z.int(), at: z.number() })),
});

export type DraftsAnswer = z.infer<typeof draftsAnswer>;
