'use client';

import Link from 'next/link';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Notice, NoticeSeverity } from '@/lib/domain/notice';
import { NewerVersion } from '../parts/newer-version';
import { classNames } from '../ui/class-names';
import { latestNotices, onNotices } from './notices';

const LOOK: Record<NoticeSeverity, string> = {
  alarm: 'border-bad/40 bg-bad-soft',
  announcement: 'border-line bg-accent-soft',
};

/**
 * Shows the notices of every screen under its bar: `initial` as the page was loaded, later what the bar's poll brought. Both live regions
 * are always there, because a screen reader announces only what changes in a region it knows.
 */
export function NoticeBar({ initial }: { initial: readonly Notice[] }) {
  const notices = useSyncExternalStore(onNotices, latestNotices, () => null) ?? initial;
  const bar = useHeightVariable();
  return (
    <div ref={bar} className="shrink-0">
      <div role="alert">{linesOf(notices, 'alarm')}</div>
      <div role="status">{linesOf(notices, 'announcement')}</div>
      <NewerVersion />
    </div>
  );
}

function linesOf(notices: readonly Notice[], severity: NoticeSeverity) {
  return notices
    .filter((notice) => notice.severity === severity)
    .map(({ id, text, href, linkText }) => (
      <p key={id} className={classNames('border-b px-3 py-1.5 [overflow-wrap:anywhere] sm:px-4', LOOK[severity])}>
        {severity === 'alarm' && <strong className="font-semibold text-bad">Alarm: </strong>}
        {text}
        {href && (
          <>
            {' '}
            <Link href={href} prefetch={false} className="font-medium text-accent underline">
              {linkText ?? 'Details'}
            </Link>
          </>
        )}
      </p>
    ));
}

/** Keeps the bar's height in `--notices`, which screens as high as the window subtract from theirs. */
function useHeightVariable() {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!bar.current) return;
    const { style } = document.documentElement;
    const watching = new ResizeObserver(([entry]) => style.setProperty('--notices', `${entry?.borderBoxSize[0]?.blockSize ?? 0}px`));
    watching.observe(bar.current);
    return () => {
      watching.disconnect();
      style.removeProperty('--notices');
    };
  }, []);
  return bar;
}
