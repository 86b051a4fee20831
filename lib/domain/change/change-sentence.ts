import { type Difference, policyDifferences } from './policy-differences';
import type { ProposedChange } from './proposed-change';

/** Returns what a change would do, as a sentence without its subject and full stop: "change the role of ...". Pure. */
export function changeSentence(change: ProposedChange): string {
  switch (change.kind) {
    case 'POLICY':
      return `change the policy (${policyDifferences(change.before, change.settings)
        .map(({ label }) => label)
        .join('; ')})`;
    case 'ERASURE':
      return `erase ${cases(change.ids)} by request`;
    case 'HOLD_LIFT':
      return `lift the legal hold on ${cases(change.ids)}`;
    case 'ROLE':
      return `change the role of ${who(change)} from ${change.from} to ${change.to}`;
    case 'PASSWORD':
      return `set a new password for ${who(change)}`;
    case 'USER_ADD':
      return `add ${who(change)} as ${change.role}`;
    case 'USER_ENABLE':
      return `enable ${who(change)} as ${change.role}`;
  }
}

/** Returns what a change would change, from what to what, line by line. Pure. */
export function changeDifferences(change: ProposedChange): Difference[] {
  switch (change.kind) {
    case 'POLICY':
      return policyDifferences(change.before, change.settings);
    case 'ERASURE':
      return [{ label: 'Cases', from: 'kept', to: 'erased' }];
    case 'HOLD_LIFT':
      return [{ label: 'Cases', from: 'under legal hold', to: 'no legal hold' }];
    case 'ROLE':
      return [{ label: 'Role', from: change.from, to: change.to }];
    case 'PASSWORD':
      return [{ label: 'Password', from: 'the present one', to: 'a new one, chosen by the proposer' }];
    case 'USER_ADD':
      return [
        { label: 'Account', from: 'none', to: change.email },
        { label: 'Role', from: 'none', to: change.role },
        { label: 'Signs in with', from: 'nothing', to: change.withPassword ? 'a password chosen by the proposer' : 'single sign-on' },
      ];
    case 'USER_ENABLE':
      return [{ label: 'Account', from: 'disabled', to: `enabled as ${change.role}` }];
  }
}

/** Returns the cases a change names. Pure. */
export function changeCases(change: ProposedChange): number[] {
  return change.kind === 'ERASURE' || change.kind === 'HOLD_LIFT' ? change.ids : [];
}

const who = ({ name, email }: { name: string; email: string }) => `${name} (${email})`;
const cases = (ids: readonly number[]) => (ids.length === 1 ? `case ${ids[0]}` : `${ids.length} cases`);
