import type { ReactNode } from 'react';
import { can } from '@/lib/domain/actor';
import type { Notice } from '@/lib/domain/notice';
import { HelpDialog } from '../keyboard/help-dialog';
import { PaletteButton } from '../palette/palette-button';
import type { SyncWire } from '../sync/sync-store';
import { Brand } from '../ui/brand';
import type { Theme } from '../ui/theme';
import { Nav } from './nav';
import { NoticeBar } from './notice-bar';
import { screensOf } from './screens';
import type { ShellUser } from './shell-user';
import { SyncAge } from './sync-age';
import { ThemeChoice } from './theme-choice';
import { UserMenu } from './user-menu';

export interface ShellProps {
  user: ShellUser;
  theme: Theme;
  /** As of the page's load; the bar's poll brings later ones. */
  notices: readonly Notice[];
  /** How the record index fares, as of the page's load; null where it could not be found out. */
  sync: SyncWire | null;
  children: ReactNode;
}

/** The top bar of every screen, 44 px high, the notices under it, and the screen itself. */
export function Shell({ user, theme, notices, sync, children }: ShellProps) {
  const screens = screensOf(user.role);
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-1 focus:left-2 focus:z-50 focus:rounded-md focus:bg-accent focus:px-3 focus:py-2 focus:text-on-accent"
      >
        Skip to the content
      </a>
      <header className="flex h-11 shrink-0 items-center gap-2 border-line border-b bg-surface px-3 sm:gap-5 sm:px-4">
        <span className="flex w-[22px] shrink-0 overflow-hidden sm:w-auto">
          <Brand />
        </span>
        <Nav screens={screens} maySubmit={can(user, 'verifications.submit')} />
        <div className="ml-auto flex items-center gap-1 sm:gap-2">
          <SyncAge initial={sync} maySync={can(user, 'index.sync')} />
          <PaletteButton places={screens} />
          <HelpDialog />
          <ThemeChoice initial={theme} />
          <UserMenu user={user} />
        </div>
      </header>
      <NoticeBar initial={notices} />
      <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
        {children}
      </main>
    </div>
  );
}
