import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { collectNotices } from '@/app/notices/collect-notices';
import { NoticeBar } from '@/components/shell/notice-bar';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { Notice } from '@/lib/domain/notice';

const alarm: Notice = { id: 'a', severity: 'alarm', text: 'The audit log is not signed.', href: '/audit', linkText: 'Audit log' };
const announcement: Notice = { id: 'b', severity: 'announcement', text: 'Dual control ends on Friday.' };

test('shows alarms before announcements, and a source that fails as an alarm that hides none of the others', async () => {
  const failing = () => Promise.reject(new Error('no database'));
  const collected = await collectNotices(SYSTEM_ACTOR, [async () => [announcement], failing, async () => [alarm]]);
  expect(collected.map(({ id }) => id)).toEqual(['notices-unreadable', 'a', 'b']);
  expect(collected[0]?.severity).toBe('alarm');
});

test('announces alarms at once and announcements politely, both in regions that are there before there is anything to say', () => {
  expect(renderToStaticMarkup(createElement(NoticeBar, { initial: [] }))).toMatch(/<div role="alert"><\/div><div role="status"><\/div>/);
  const html = renderToStaticMarkup(createElement(NoticeBar, { initial: [announcement, alarm] }));
  expect(html).toMatch(
    /role="alert">.*The audit log is not signed\. <a [^>]*href="\/audit"[^>]*>Audit log<\/a>.*role="status">.*Dual control/,
  );
});
