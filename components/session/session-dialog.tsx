'use client';

import { useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { Loss, PageSession } from '../api/page-session';
import { keepsDrafts } from '../drafts/keep-choice';
import { Button, buttonClass } from '../ui/button';

export interface SessionDialogProps {
  loss: Loss;
  /** Whom this page was rendered for. */
  owner: PageSession['user'];
  /** The owner is back: what the page shows may be old. */
  onBack: () => void;
}

/**
 * Covers a page whose session is over or another one. What was typed stays on the page and, sealed, in this browser; the page
 * goes on by itself once its owner has signed in again, in whatever tab.
 */
export default function SessionDialog({ loss, owner, onBack }: SessionDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const back = useRef(onBack);
  back.current = onBack;
  const id = useId();
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closed before it is removed, so that the field that was typed in has the focus again.
    return () => shown?.close();
  }, []);
  useEffect(() => () => back.current(), []);
  const { title, lines } = textOf(loss, owner);
  const here = `${window.location.pathname}${window.location.search}`;
  const isOther = loss.kind === 'other' && loss.now.user.id !== owner.id;
  const signIn = `/sign-in?${new URLSearchParams({ ...(isOther && { switch: '1' }), callbackUrl: here })}`;
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => event.preventDefault()}
      // A browser closes on a second Escape whatever the page says.
      onClose={() => dialog.current?.showModal()}
      className="m-auto w-[min(480px,calc(100vw-24px))] rounded-lg border border-line-strong bg-surface p-5 text-text shadow-xl backdrop:bg-bg"
    >
      <h2 id={`${id}-title`} className="font-semibold text-base">
        {title}
      </h2>
      <div id={`${id}-text`} className="mt-2 grid gap-2 text-muted text-sm">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {/* The way back to the page's owner comes first and has the focus: Enter pressed by habit must not load the page anew. */}
      <div className="mt-4 flex flex-row-reverse flex-wrap gap-2">
        {(loss.kind === 'signed-out' || isOther) && (
          <a href={signIn} target="_blank" rel="noopener" className={buttonClass('primary')}>
            Sign in as {owner.name}
          </a>
        )}
        {loss.kind === 'signed-out' && (
          <a href="/sign-in" className={buttonClass('plain')}>
            Sign in as another user
          </a>
        )}
        {loss.kind === 'other' && (
          <Button variant={isOther ? 'plain' : 'primary'} onClick={() => window.location.reload()}>
            Continue as {isOther ? loss.now.user.name : loss.now.user.role}
          </Button>
        )}
      </div>
    </dialog>
  );
}

function textOf(loss: Loss, owner: PageSession['user']): { title: string; lines: string[] } {
  const kept = keepsDrafts(owner.id)
    ? 'Your text is kept.'
    : 'Drafts on this device are removed at sign-out, as you chose. Text in this tab stays while the tab is open.';
  const again = `Sign in as ${owner.name} in the new tab, and this tab continues where it was.`;
  if (loss.kind === 'signed-out')
    return { title: 'Your session has ended', lines: [`This tab belongs to ${owner.name}. Nothing was stored. ${kept}`, again] };
  const { name, role, id } = loss.now.user;
  if (id === owner.id)
    return {
      title: `Your role is now ${role}`,
      lines: [`This tab still shows what ${article(owner.role)} may do. Nothing was stored. ${kept}`, 'Continue to load the page again.'],
    };
  return {
    title: `You are now signed in as ${name} (${role}) in this browser`,
    lines: [`This tab belongs to ${owner.name}. Nothing was stored or read under the other name. ${kept}`, again],
  };
}

const article = (role: string): string => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`;
