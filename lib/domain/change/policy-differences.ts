import type { PolicySettings } from '../policy';
import { formatTagFilter } from '../tag-filter';
import type { Control } from './weakens';

/** One setting that differs between two policies, in words. */
export interface Difference {
  label: string;
  from: string;
  to: string;
}

interface Line {
  /** Path in the settings. `console.policy_on` names the same. */
  setting: string;
  label: string;
  control: Control | null;
  compared: (settings: PolicySettings) => unknown;
  value: (settings: PolicySettings) => string;
}

const LINES: readonly Line[] = [
  {
    setting: 'fourEyes.overridesToApproved',
    label: 'Dual control for approvals that override the automated result',
    control: 'overrides-to-approved',
    compared: ({ fourEyes }) => fourEyes.overridesToApproved,
    value: ({ fourEyes }) => onOff(fourEyes.overridesToApproved),
  },
  {
    setting: 'fourEyes.overridesToDeclined',
    label: 'Dual control for declines that override the automated result',
    control: 'overrides-to-declined',
    compared: ({ fourEyes }) => fourEyes.overridesToDeclined,
    value: ({ fourEyes }) => onOff(fourEyes.overridesToDeclined),
  },
  {
    setting: 'fourEyes.tags',
    label: 'Dual control for tags',
    control: 'tags',
    compared: ({ fourEyes }) => sorted(fourEyes.tags.map(({ name, value }) => [name, value])),
    value: ({ fourEyes }) => listed(fourEyes.tags.map(formatTagFilter).toSorted()),
  },
  {
    setting: 'qaSharePercent',
    label: 'QA review share',
    control: 'qa-share',
    compared: ({ qaSharePercent }) => qaSharePercent,
    value: ({ qaSharePercent }) => `${qaSharePercent} %`,
  },
  {
    setting: 'claimMinutes',
    label: 'Claim duration',
    control: null,
    compared: ({ claimMinutes }) => claimMinutes,
    value: ({ claimMinutes }) => `${claimMinutes} minutes`,
  },
  {
    setting: 'slaHours',
    label: 'Due time',
    control: null,
    compared: ({ slaHours }) => slaHours,
    value: ({ slaHours }) => `${slaHours} hours`,
  },
  {
    setting: 'retentionDays',
    label: 'Retention',
    control: 'retention',
    compared: ({ retentionDays }) => retentionDays,
    value: ({ retentionDays }) => `${retentionDays} days`,
  },
  {
    setting: 'masking.roles',
    label: 'Blurred for',
    control: 'blurred-roles',
    compared: ({ masking }) => sorted(masking.roles),
    value: ({ masking }) => listed([...masking.roles].toSorted()),
  },
  {
    setting: 'masking.blurPx',
    label: 'Blur strength',
    control: 'blur',
    compared: ({ masking }) => masking.blurPx,
    value: ({ masking }) => `${masking.blurPx} pixels`,
  },
  {
    setting: 'masking.greyscale',
    label: 'Greyscale pictures',
    control: 'greyscale',
    compared: ({ masking }) => masking.greyscale,
    value: ({ masking }) => onOff(masking.greyscale),
  },
  {
    setting: 'masking.watermark',
    label: 'Watermark',
    control: 'watermark',
    compared: ({ masking }) => masking.watermark,
    value: ({ masking }) => onOff(masking.watermark),
  },
];

/** How each setting is called on screens, by its path. */
export const SETTING_LABELS: Readonly<Record<string, string>> = Object.fromEntries(LINES.map(({ setting, label }) => [setting, label]));

/** Returns every setting that differs, in the order of the form. Pure. */
export function policyDifferences(before: PolicySettings, after: PolicySettings): Difference[] {
  return differing(before, after).map(({ label, value }) => ({ label, from: value(before), to: value(after) }));
}

/** Returns the paths of the settings that differ. The order of a list means nothing. Pure. */
export function changedSettings(before: PolicySettings, after: PolicySettings): string[] {
  return differing(before, after).map(({ setting }) => setting);
}

/** Returns every setting of a policy in words, in the order of the form. Pure. */
export function policyInWords(settings: PolicySettings): { label: string; value: string }[] {
  return LINES.map(({ label, value }) => ({ label, value: value(settings) }));
}

/** Returns how a control is called on screens. */
export function controlLabel(control: Control): string {
  return LINES.find((line) => line.control === control)?.label ?? control;
}

const differing = (before: PolicySettings, after: PolicySettings) =>
  LINES.filter(({ compared }) => JSON.stringify(compared(before)) !== JSON.stringify(compared(after)));
const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).toSorted();
const onOff = (on: boolean) => (on ? 'on' : 'off');
const listed = (names: string[]) => (names.length === 0 ? 'none' : names.join(', '));
