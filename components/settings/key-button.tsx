'use client';

import { type KeyboardEvent, useState } from 'react';
import { chosenKey } from '@/lib/domain/key-press';
import type { Shortcut } from '@/lib/domain/shortcuts';
import { isComposing } from '../keyboard/composing';
import { keyName } from '../keyboard/key-name';
import { learnLayout, scriptNow } from '../keyboard/layout';
import { classNames } from '../ui/class-names';

export interface KeyButtonProps {
  shortcut: Shortcut;
  onKey: (key: string) => void;
  /** What was pressed can be nobody's key. */
  onRefused: (why: string) => void;
}

/** The key of a command. Pressed, it waits for the key that shall take its place; Escape, Tab and leaving it keep the old one. */
export function KeyButton({ shortcut, onKey, onRefused }: KeyButtonProps) {
  const [isWaiting, setWaiting] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isWaiting || isComposing(event) || event.key === 'Tab' || MODIFIERS.has(event.key)) return;
    event.preventDefault();
    // No command obeys the key that is chosen.
    event.nativeEvent.stopImmediatePropagation();
    setWaiting(false);
    if (event.key === 'Escape') return;
    learnLayout(event);
    const isAltGraph = event.getModifierState('AltGraph');
    const key = isAltGraph || !(event.ctrlKey || event.metaKey) ? chosenKey(event, scriptNow()) : null;
    if (key === null) onRefused('Press one key that types a character, alone or with Shift. The old key is kept.');
    else onKey(key);
  };
  return (
    <button
      type="button"
      aria-pressed={isWaiting}
      aria-label={`${shortcut.label}: ${isWaiting ? 'press the new key' : keyName(shortcut.key)}`}
      onClick={() => setWaiting(!isWaiting)}
      onBlur={() => setWaiting(false)}
      onKeyDown={onKeyDown}
      className={classNames(
        'h-7 min-w-16 rounded-md border px-2 font-mono text-xs',
        isWaiting ? 'border-accent bg-accent-soft text-accent' : 'border-line-strong bg-raised hover:border-accent',
      )}
    >
      {isWaiting ? 'Press a key' : keyName(shortcut.key)}
    </button>
  );
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock']);
