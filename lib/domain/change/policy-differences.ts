import type { PolicySettings } from '../policy';
import { formatTagFilter } from '../tag-filter';
import type { Control } from './weakens';

/** One setting that differs between two policies, in words. */
export interface Difference {
  label: string;
  from: string;
  to: string;
}

const LINES: { label: string; control: Control | null; value: (settings: PolicySettings) => string }[] = [
  {
    label: 'Dual control for approving against the automated result',
    control: 'overrides-to-approved',
    value: ({ fourEyes }) => onOff(fourEyes.overridesToApproved),
  },
  {
    label: 'Dual control for declining against the automated result',
    control: 'overrides-to-declined',
    value: ({ fourEyes }) => onOff(fourEyes.overridesToDeclined),
  },
  {
    label: 'Dual control for tags',
    control: 'tags',
    value: ({ fourEyes }) => listed(fourEyes.tags.map(formatTagFilter).toSorted()),
  },
  { label: 'QA review share', control: 'qa-share', value: ({ qaSharePercent }) => `${qaSharePercent} %` },
  { label: 'Claim duration', control: null, value: ({ claimMinutes }) => `${claimMinutes} minutes` },
  { label: 'Due time', control: null, value: ({ slaHours }) => `${slaHours} hours` },
  { label: 'Retention', control: 'retention', value: ({ retentionDays }) => `${retentionDays} days` },
  { label: 'Blurred for', control: 'blurred-roles', value: ({ masking }) => listed([...masking.roles].toSorted()) },
  { label: 'Blur strength', control: 'blur', value: ({ masking }) => `${masking.blurPx} pixels` },
  { label: 'Greyscale pictures', control: 'greyscale', value: ({ masking }) => onOff(masking.greyscale) },
  { label: 'Watermark', control: 'watermark', value: ({ masking }) => onOff(masking.watermark) },
];

/** Returns every setting that differs, in the order of the form. Pure. */
export function policyDifferences(before: PolicySettings, after: PolicySettings): Difference[] {
  return LINES.map(({ label, value }) => ({ label, from: value(before), to: value(after) })).filter(({ from, to }) => from !== to);
}

/** Returns how a control is called on screens. */
export function controlLabel(control: Control): string {
  return LINES.find((line) => line.control === control)?.label ?? control;
}

const onOff = (on: boolean) => (on ? 'on' : 'off');
const listed = (names: string[]) => (names.length === 0 ? 'none' : names.join(', '));
