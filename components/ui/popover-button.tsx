'use client';

import { type ReactNode, type ToggleEvent, useId, useRef } from 'react';
import { classNames } from './class-names';

export interface PopoverButtonProps {
  /** What stands on the button. */
  children: ReactNode;
  /** Names button and panel where the button shows no words of its own. */
  label: string;
  className?: string;
  panelClassName?: string;
  panel: ReactNode;
  /** Called before the panel opens, for what is fetched only then. */
  onOpen?: () => void;
}

const EDGE_PX = 8;

/** A button with a panel that opens under it. Escape or a press outside closes it: the browser's own popover. */
export function PopoverButton({ children, label, className, panelClassName, panel, onOpen }: PopoverButtonProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);

  const onBeforeToggle = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState !== 'open') return;
    onOpen?.();
    if (button.current) placeUnder(button.current, event.currentTarget);
  };
  const onToggle = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState === 'open') keepInView(event.currentTarget);
  };

  return (
    <>
      <button ref={button} type="button" popoverTarget={id} aria-haspopup="dialog" aria-label={label} title={label} className={className}>
        {children}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        onBeforeToggle={onBeforeToggle}
        onToggle={onToggle}
        className={classNames(
          'fixed inset-auto m-0 max-h-[80dvh] max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg border border-line-strong bg-surface p-1 text-text shadow-lg',
          panelClassName,
        )}
      >
        {panel}
      </div>
    </>
  );
}

function placeUnder(button: HTMLElement, panel: HTMLElement): void {
  const { bottom, right } = button.getBoundingClientRect();
  panel.style.top = `${bottom + 4}px`;
  panel.style.left = 'auto';
  panel.style.right = `${Math.max(EDGE_PX, document.documentElement.clientWidth - right)}px`;
}

// Its width is known only once it is shown.
function keepInView(panel: HTMLElement): void {
  if (panel.getBoundingClientRect().left >= EDGE_PX) return;
  panel.style.right = 'auto';
  panel.style.left = `${EDGE_PX}px`;
}
