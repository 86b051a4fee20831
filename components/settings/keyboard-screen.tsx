'use client';

import { useState } from 'react';
import { type Binding, boundShortcuts, isChangeable } from '@/lib/domain/bound-shortcuts';
import { checkBindings, keyBindings } from '@/lib/domain/key-bindings';
import { Refusal } from '@/lib/domain/refusal';
import { SCOPES, type Scope, SHORTCUTS, type Shortcut } from '@/lib/domain/shortcuts';
import { ask } from '../api/client';
import { keyName } from '../keyboard/key-name';
import { useKeys } from '../keyboard/keys-provider';
import { SCOPE_HEADING } from '../keyboard/scope-heading';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { Notice } from '../ui/notice';
import { KeyButton } from './key-button';

/** Every command with its key, to be given another one. Kept on the server, so it holds on every machine. */
export function KeyboardScreen() {
  const { bindings, take } = useKeys();
  const [said, setSaid] = useState<{ tone: 'ok' | 'bad'; text: string } | null>(null);
  const bound = boundShortcuts(bindings);
  const keep = async (next: readonly Binding[], done: string) => {
    const problem = problemOf(next);
    if (problem) return setSaid({ tone: 'bad', text: problem });
    const result = await ask('PUT', '/api/me/keys', keyBindings, { body: { bindings: next } });
    if (result.ok) take(result.value.bindings);
    setSaid(result.ok ? { tone: 'ok', text: done } : { tone: 'bad', text: result.message });
  };
  const others = ({ scope, verb }: Shortcut) => bindings.filter((one) => one.scope !== scope || one.verb !== verb);
  const give = (shortcut: Shortcut, key: string) => {
    const { scope, verb, label } = shortcut;
    const isUsual = SHORTCUTS.some((usual) => usual.scope === scope && usual.verb === verb && usual.key === key);
    return keep([...others(shortcut), ...(isUsual ? [] : [{ scope, verb, key }])], `"${label}" is now ${keyName(key)}.`);
  };
  return (
    <div className="grid gap-4">
      <header className="flex flex-wrap items-start justify-between gap-2">
        <div>
          <h1 className="font-semibold text-xl">Keyboard</h1>
          <p className="text-muted">
            Choose a key, press Enter, then the new key. Escape keeps the old one. Enter, Escape, Tab, Space, arrows and Ctrl K are fixed.
          </p>
        </div>
        <Button disabled={bindings.length === 0} onClick={() => void keep([], 'All keys are the usual ones again.')}>
          Reset all keys
        </Button>
      </header>
      <div aria-live="polite">{said && <Notice tone={said.tone} title={said.text} />}</div>
      {SCOPES.map((scope) => (
        <ScopeKeys key={scope} {...{ scope, bound }} onGive={give} onRefused={(text) => setSaid({ tone: 'bad', text })} />
      ))}
    </div>
  );
}

interface ScopeKeysProps {
  scope: Scope;
  bound: readonly Shortcut[];
  onGive: (usual: Shortcut, key: string) => Promise<void>;
  onRefused: (why: string) => void;
}

function ScopeKeys({ scope, bound, onGive, onRefused }: ScopeKeysProps) {
  return (
    <section aria-label={SCOPE_HEADING[scope]} className="rounded-lg border border-line bg-surface">
      <h2 className="border-line border-b px-4 py-2 font-semibold">{SCOPE_HEADING[scope]}</h2>
      <ul>
        {bound.flatMap((shortcut, index) => {
          const usual = SHORTCUTS[index];
          if (shortcut.scope !== scope || !usual) return [];
          return [
            <li key={shortcut.verb} className="flex min-h-10 items-center gap-3 border-line border-t px-4 py-1 first:border-t-0">
              <span className="min-w-0 flex-1">{shortcut.label}</span>
              {shortcut.key !== usual.key && (
                <Button
                  small
                  variant="quiet"
                  onClick={() => void onGive(usual, usual.key)}
                  aria-label={`Reset the key of "${usual.label}"`}
                >
                  Reset to {keyName(usual.key)}
                </Button>
              )}
              {isChangeable(usual) ? (
                <KeyButton shortcut={shortcut} onKey={(key) => void onGive(usual, key)} onRefused={onRefused} />
              ) : (
                <FixedKey name={keyName(shortcut.key)} />
              )}
            </li>,
          ];
        })}
      </ul>
    </section>
  );
}

function FixedKey({ name }: { name: string }) {
  return (
    <span className="px-2">
      <Kbd literal>{name}</Kbd>
      <span className="sr-only">{name}, fixed</span>
    </span>
  );
}

function problemOf(bindings: readonly Binding[]): string | null {
  try {
    checkBindings(bindings);
    return null;
  } catch (failure) {
    if (failure instanceof Refusal) return failure.message;
    throw failure;
  }
}
