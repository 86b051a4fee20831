import * as z from 'zod/mini';
import { CHANGE_KINDS } from './proposed-change';

export const CHANGE_STATES = ['WAITING', 'APPROVED', 'REFUSED', 'WITHDRAWN', 'TOOK_EFFECT', 'LAPSED'] as const;

/** A proposed change as the API returns it to one viewer. Times are milliseconds since 1970. */
export const changeView = z.object({
  id: z.string(),
  kind: z.enum(CHANGE_KINDS),
  state: z.enum(CHANGE_STATES),
  /** What it would do, as a sentence without its subject. */
  what: z.string(),
  /** Why it needs a second reviewer. */
  why: z.string(),
  differences: z.array(z.object({ label: z.string(), from: z.string(), to: z.string() })),
  /** The whole policy that would hold once a waiting policy proposal takes effect; empty for every other change. */
  willHold: z.array(z.object({ label: z.string(), value: z.string(), changes: z.boolean() })),
  cases: z.array(z.int()),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: z.int(),
  /** When it takes effect by itself, as nobody else could agree; null where somebody can. */
  takesEffectAt: z.nullable(z.int()),
  /** Why it waits although nobody can agree to it now, and what to do about that; null otherwise. */
  stuck: z.nullable(z.string()),
  /** Whether the viewer proposed it. */
  own: z.boolean(),
  /** Why the viewer may not answer it; null when they may. */
  obstacle: z.nullable(z.string()),
  /** Why it no longer fits the state it was proposed on. */
  outdated: z.nullable(z.string()),
  verdict: z.nullable(z.object({ byName: z.string(), comment: z.string(), at: z.int() })),
  /** What came of it; null until then. */
  outcome: z.nullable(z.string()),
});
export type ChangeView = z.infer<typeof changeView>;

/** The answer of a write that waits for a second reviewer instead of being done. */
export const proposedAnswer = z.object({ change: changeView });
