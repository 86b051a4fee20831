import type { PolicySettings } from '../policy';
import { changedSettings, SETTING_LABELS } from './policy-differences';
import type { ChangeOf } from './proposed-change';

/** What a policy proposal comes to on the policy in force. */
export interface PolicyOn {
  settings: PolicySettings;
  /** The settings that keep it from taking effect, as screens call them: changed since it was proposed. */
  moved: string[];
}

/**
 * Applies a policy proposal onto the policy in force: the settings it changes, and the rest as they are now. A setting it changes must still
 * be what it was when it was proposed; so must the roles pictures are blurred for where it changes the blur, as they decide how many
 * people a weaker blur concerns. Pure; `console.policy_on` is the same in SQL.
 */
export function policyOn({ before, settings: after }: Pick<ChangeOf<'POLICY'>, 'before' | 'settings'>, current: PolicySettings): PolicyOn {
  const changed = new Set(changedSettings(before, after));
  const since = new Set(changedSettings(before, current));
  const restsOn = new Set([...changed].flatMap((setting) => (ON_ROLES.has(setting) ? [setting, 'masking.roles'] : [setting])));
  const pick = <Value>(setting: string, then: Value, now: Value) => (changed.has(setting) ? then : now);
  return {
    moved: [...restsOn].filter((setting) => since.has(setting)).map((setting) => SETTING_LABELS[setting] ?? setting),
    settings: {
      fourEyes: {
        overridesToApproved: pick('fourEyes.overridesToApproved', after.fourEyes.overridesToApproved, current.fourEyes.overridesToApproved),
        overridesToDeclined: pick('fourEyes.overridesToDeclined', after.fourEyes.overridesToDeclined, current.fourEyes.overridesToDeclined),
        tags: pick('fourEyes.tags', after.fourEyes.tags, current.fourEyes.tags),
      },
      qaSharePercent: pick('qaSharePercent', after.qaSharePercent, current.qaSharePercent),
      claimMinutes: pick('claimMinutes', after.claimMinutes, current.claimMinutes),
      slaHours: pick('slaHours', after.slaHours, current.slaHours),
      retentionDays: pick('retentionDays', after.retentionDays, current.retentionDays),
      masking: {
        roles: pick('masking.roles', after.masking.roles, current.masking.roles),
        blurPx: pick('masking.blurPx', after.masking.blurPx, current.masking.blurPx),
        greyscale: pick('masking.greyscale', after.masking.greyscale, current.masking.greyscale),
        watermark: pick('masking.watermark', after.masking.watermark, current.masking.watermark),
      },
    },
  };
}

const ON_ROLES: ReadonlySet<string> = new Set(['masking.blurPx', 'masking.greyscale']);
