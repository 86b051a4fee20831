import { lastApproverRemoved } from '@/lib/changes/last-approver';
import { announcedChanges } from '@/lib/changes/read-changes';
import type { ChangeKind } from '@/lib/domain/change/proposed-change';
import type { Notice } from '@/lib/domain/notice';
import { calendarNow } from '@/lib/env';

// Without the names of people: everybody sees this.
const WHAT: Record<ChangeKind, string> = {
  POLICY: 'A policy that weakens a control',
  ERASURE: 'An erasure by request',
  HOLD_LIFT: 'The end of a legal hold',
  ROLE: 'A role that allows more',
  PASSWORD: 'A new password for another account',
  USER_ADD: 'A new account',
  USER_ENABLE: 'The enabling of an account',
};

/** Announces every change that takes effect by time because nobody else could agree to it. */
export async function changeNotices(): Promise<Notice[]> {
  const changes = await announcedChanges();
  const { zone } = calendarNow();
  const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  return changes.map(({ id, kind, takesEffectAt }) => ({
    id: `change-${id}`,
    severity: 'announcement',
    text: `${WHAT[kind]} takes effect on ${moment.format(takesEffectAt)} (${zone}) without a second reviewer, because nobody else can agree to it. A manager or an administrator can withdraw it until then.`,
    href: `/approvals?change=${id}`,
    linkText: 'Show the change',
  }));
}

/** Announces for 72 hours that the last person who could be somebody's second reviewer was removed by one person. */
export async function missingApproverNotices(now = Date.now()): Promise<Notice[]> {
  if (!(await lastApproverRemoved(now))) return [];
  return [
    {
      id: 'missing-approver',
      severity: 'announcement',
      text: 'Nobody is left to agree to changes that take two people: the last second reviewer was disabled or lost the right within the last 72 hours. Such changes wait for a second reviewer and do not take effect by time.',
      href: '/approvals',
      linkText: 'Show approvals',
    },
  ];
}
