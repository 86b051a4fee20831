import * as z from 'zod/mini';
import { policySettings } from '../policy';
import { type Permission, ROLES } from '../roles';

/** Hours a change waits that nobody else could agree to. `console.proposed_change` repeats them; a test holds both together. */
export const CHANGE_WAIT_HOURS = 72;

export const CHANGE_KINDS = ['POLICY', 'ERASURE', 'HOLD_LIFT', 'ROLE', 'PASSWORD', 'USER_ADD', 'USER_ENABLE'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

const text = z.string();
const role = z.enum(ROLES);
const account = { userId: text, email: text, name: text };
const ids = z.array(z.int());

/** What is proposed, with the state it was proposed on: where that moved on, the change no longer fits. A password is never in here. */
export const proposedChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('POLICY'), version: z.int(), before: policySettings, settings: policySettings }),
  z.strictObject({ kind: z.literal('ERASURE'), ids }),
  /** `holds` are the numbers of the holds it lifts: a case that is held anew keeps that hold. */
  z.strictObject({ kind: z.literal('HOLD_LIFT'), ids, holds: z.array(z.int()) }),
  z.strictObject({ kind: z.literal('ROLE'), ...account, from: role, to: role }),
  /** `mark` changes with the password the account has. */
  z.strictObject({ kind: z.literal('PASSWORD'), ...account, mark: text }),
  z.strictObject({ kind: z.literal('USER_ADD'), email: text, name: text, role, withPassword: z.boolean() }),
  z.strictObject({ kind: z.literal('USER_ENABLE'), ...account, role }),
]);
export type ProposedChange = z.infer<typeof proposedChange>;
export type ChangeOf<Kind extends ChangeKind> = Extract<ProposedChange, { kind: Kind }>;

/** What the proposer's role must grant, when the change is proposed and again when it takes effect. */
export const CHANGE_PERMISSION: Record<ChangeKind, Permission> = {
  POLICY: 'policies.write',
  ERASURE: 'retention.manage',
  HOLD_LIFT: 'retention.manage',
  ROLE: 'users.manage',
  PASSWORD: 'users.manage',
  USER_ADD: 'users.manage',
  USER_ENABLE: 'users.manage',
};
