import * as z from 'zod/mini';

const head = z.object({ seq: z.int(), hash: z.string() });
const torn = z.array(z.object({ file: z.string(), line: z.int() }));

/** What /api/audit/verdict returns. */
export const wireVerdict = z.object({
  verdict: z.union([
    z.object({
      whole: z.literal(true),
      head,
      erased: z.int(),
      gaps: z.array(z.object({ from: z.int(), to: z.int(), seq: z.int(), at: z.string() })),
      torn,
    }),
    z.object({
      whole: z.literal(false),
      head,
      broken: z.object({ seq: z.int(), field: z.string(), expected: z.string(), found: z.string() }),
      torn,
    }),
  ]),
  walkedAt: z.number(),
  state: z.object({
    signing: z.enum(['on', 'late', 'stopped']),
    reason: z.nullable(z.string()),
    since: z.nullable(z.number()),
    open: z.boolean(),
  }),
  unsignedSince: z.nullable(z.number()),
  keys: z.array(z.object({ keyId: z.string(), publicKey: z.string(), current: z.boolean() })),
  witness: z.nullable(z.object({ origin: z.string(), seq: z.int(), toldAt: z.nullable(z.number()), failure: z.nullable(z.string()) })),
  checkpoint: z.nullable(z.object({ seq: z.int(), hash: z.string(), at: z.string(), keyId: z.string(), signature: z.string() })),
});
export type WireVerdict = z.infer<typeof wireVerdict>;
