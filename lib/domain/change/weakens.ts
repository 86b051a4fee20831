import type { PolicySettings } from '../policy';

/** What of a policy protects people or evidence. `console.policy_weakens` repeats the rule below in SQL; a test holds both together. */
export const CONTROLS = [
  'overrides-to-approved',
  'overrides-to-declined',
  'tags',
  'qa-share',
  'retention',
  'blurred-roles',
  'blur',
  'greyscale',
  'watermark',
] as const;
export type Control = (typeof CONTROLS)[number];

/** The controls in each setting. A new setting has to be listed here, so that nobody forgets to ask whether it is a control. */
export const CONTROLS_OF: Record<keyof PolicySettings, readonly Control[]> = {
  fourEyes: ['overrides-to-approved', 'overrides-to-declined', 'tags'],
  qaSharePercent: ['qa-share'],
  // How work is shared out, which protects nobody.
  claimMinutes: [],
  slaHours: [],
  retentionDays: ['retention'],
  masking: ['blurred-roles', 'blur', 'greyscale', 'watermark'],
};

type Comparison = (before: PolicySettings, after: PolicySettings) => boolean;

const IS_WEAKER: Record<Control, Comparison> = {
  'overrides-to-approved': (before, after) => before.fourEyes.overridesToApproved && !after.fourEyes.overridesToApproved,
  'overrides-to-declined': (before, after) => before.fourEyes.overridesToDeclined && !after.fourEyes.overridesToDeclined,
  tags: (before, after) =>
    before.fourEyes.tags.some((tag) => !after.fourEyes.tags.some(({ name, value }) => name === tag.name && value === tag.value)),
  'qa-share': (before, after) => after.qaSharePercent < before.qaSharePercent,
  // Both ways: a shorter time destroys evidence sooner, a longer one keeps people's data longer than they were told.
  retention: (before, after) => after.retentionDays !== before.retentionDays,
  'blurred-roles': (before, after) => before.masking.roles.some((role) => !after.masking.roles.includes(role)),
  blur: (before, after) => after.masking.blurPx < before.masking.blurPx,
  greyscale: (before, after) => before.masking.greyscale && !after.masking.greyscale,
  watermark: (before, after) => before.masking.watermark && !after.masking.watermark,
};

/** Returns each control that gets weaker from one policy to another; empty when none does. Pure. */
export function weakens(before: PolicySettings, after: PolicySettings): Control[] {
  return CONTROLS.filter((control) => IS_WEAKER[control](before, after));
}
