/** `alarm`: something is wrong and needs somebody now. `announcement`: something will change. */
export const NOTICE_SEVERITIES = ['alarm', 'announcement'] as const;
export type NoticeSeverity = (typeof NOTICE_SEVERITIES)[number];

/** One sentence or two that every screen shows until its reason is gone. Never holds personal data or a secret. */
export interface Notice {
  /** The same while the reason is the same, so that a screen reader announces it once. */
  id: string;
  severity: NoticeSeverity;
  text: string;
  /** Where the reader can see or do more; an address of this console. */
  href?: string;
  linkText?: string;
}

/** Returns the notices in the order they are shown: alarms first, otherwise as given. */
export function inOrderOfSeverity(notices: readonly Notice[]): Notice[] {
  return NOTICE_SEVERITIES.flatMap((severity) => notices.filter((notice) => notice.severity === severity));
}
