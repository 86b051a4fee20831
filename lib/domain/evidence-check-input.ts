import * as z from 'zod/mini';

/** Which files of a case to check; all of them when none is named. */
export const checkInput = z.strictObject({
  files: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(400))).check(z.maxLength(20, 'Name at most 20 files.'))),
  /** A reading that ended after this moment will do, in milliseconds since 1970 by the console's clock; by default only a new one does. */
  since: z.optional(z.int().check(z.gte(0))),
});
export type CheckInput = z.infer<typeof checkInput>;
