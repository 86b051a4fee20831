import { Archive, Users } from 'lucide-react';
import Link from 'next/link';
import { type MouseEvent, type ReactNode, useState } from 'react';
import type { SavedView } from '@/lib/domain/desk-input';
import { isolatedText } from '@/lib/domain/visible-text';
import { GRID_PATH, type GridState, gridSearch, readGridUrl } from '../grid/grid-url';
import { lazyPart } from '../parts/lazy-part';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { ForeignText } from '../ui/foreign-text';
import { Notice } from '../ui/notice';
import { ALL, isShown } from './saved-view';
import { useViews } from './use-views';
import { ViewCount } from './view-count';

// Fetched when first opened.
const SaveViewDialog = lazyPart(() => import('./save-view-dialog'), { name: 'Saving a view', closeOf: ({ onClose }) => onClose });

export interface ViewTabsProps {
  state: GridState;
  initial: readonly SavedView[];
  viewer: { id: string; mayShare: boolean };
  onShow: (state: GridState) => void;
  /** What stands at the other end of the bar. */
  children: ReactNode;
}

/** Saved views over the grid; each is an address. */
export function ViewTabs({ state, initial, viewer, onShow, children }: ViewTabsProps) {
  const { views, reload, archive } = useViews(initial);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const shown = views.find(({ query }) => isShown(query, state));
  const isAll = isShown(ALL, state);
  const mayArchive = shown && (shown.ownerId === viewer.id || (shown.shared && viewer.mayShare));
  const open = (query: string) => (event: MouseEvent) => {
    const next = readGridUrl(new URLSearchParams(query));
    if ('field' in next || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // The rows are fetched by the browser itself: asking the server for the page again would bring nothing new.
    event.preventDefault();
    onShow(next);
  };
  const remove = async () => {
    if (!shown) return;
    const result = await archive(shown.id);
    setProblem(result.ok ? null : result.message);
  };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 border-line border-b bg-surface px-3 sm:flex-nowrap sm:px-4">
      {/* Positioned, so that it clips what only a screen reader sees too. */}
      <nav aria-label="Views" className="relative flex h-11 min-w-0 items-stretch gap-1 overflow-x-auto [scrollbar-width:none]">
        <Tab href={`${GRID_PATH}?${ALL}`} here={isAll} onPress={open(ALL)}>
          All
        </Tab>
        {views.map(({ id, name, query, shared, ownerName }) => (
          <Tab
            key={id}
            href={`${GRID_PATH}?${query}`}
            here={shown?.id === id}
            title={shared ? `Shared by ${ownerName}` : 'Your own'}
            onPress={open(query)}
          >
            <ForeignText text={name} />
            <ViewCount query={query} />
            {shared && <Users aria-label="shared" className="size-3 text-faint" />}
          </Tab>
        ))}
      </nav>
      <span className="flex shrink-0 items-center gap-1">
        {mayArchive && (
          <Button small variant="quiet" onClick={remove} title={`Take “${isolatedText(shown.name)}” out of the views`}>
            <Archive aria-hidden="true" className="size-3.5" />
            Archive view
          </Button>
        )}
        {!shown && !isAll && (
          <Button small variant="quiet" onClick={() => setSaving(true)} className="text-accent">
            Save view
          </Button>
        )}
      </span>
      <span className="ml-auto hidden shrink-0 items-center gap-2 sm:flex">{children}</span>
      {problem && <Notice tone="bad" title={problem} />}
      {saving && (
        <SaveViewDialog
          query={gridSearch(state)}
          mayShare={viewer.mayShare}
          onSaved={() => {
            setSaving(false);
            void reload();
          }}
          onClose={() => setSaving(false)}
        />
      )}
    </div>
  );
}

interface TabProps {
  href: string;
  here: boolean;
  title?: string;
  onPress: (event: MouseEvent) => void;
  children: ReactNode;
}

function Tab({ href, here, title, onPress, children }: TabProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      title={title}
      onClick={onPress}
      aria-current={here ? 'page' : undefined}
      className={classNames(
        'inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap border-b-2 px-2.5 font-medium -outline-offset-2',
        here ? 'border-accent text-text' : 'border-transparent text-muted hover:text-text',
      )}
    >
      {children}
    </Link>
  );
}
