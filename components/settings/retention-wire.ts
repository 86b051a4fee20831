import * as z from 'zod/mini';
import { changeView } from '@/lib/domain/change/change-view';
import { ERASURE_RULES } from '@/lib/domain/retention';

const count = z.number();
const counts = z.object({ notes: count, decisions: count, verdicts: count, reasons: count, copies: count, records: count, events: count });
const refused = z.array(z.object({ id: z.number(), message: z.string() }));

export const wirePreview = z.object({
  preview: z.object({
    rule: z.enum(ERASURE_RULES),
    policyVersion: z.number(),
    retentionDays: z.number(),
    cases: z.array(
      z.object({
        verificationId: z.number(),
        resolvedAt: z.nullable(z.number()),
        dueAt: z.nullable(z.number()),
        hold: z.nullable(z.object({ reason: z.string(), byName: z.string(), at: z.number() })),
        obstacle: z.nullable(z.string()),
      }),
    ),
    erasable: z.number(),
    counts,
    exports: z.number(),
    named: z.object({ exports: count, events: count, views: count, sharedViews: z.array(z.string()) }),
  }),
});
export type Preview = z.infer<typeof wirePreview>['preview'];

/** What was proposed, and the cases it leaves out. */
const proposed = z.object({ change: changeView, refused });

export const wireErased = z.union([
  proposed,
  z.object({ result: z.object({ runId: z.string(), erased: z.array(z.number()), refused, exports: z.number() }) }),
]);
export const wireHeld = z.union([proposed, z.object({ result: z.object({ changed: z.array(z.number()), refused }) })]);
