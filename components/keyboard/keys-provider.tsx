'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Binding } from '@/lib/domain/bound-shortcuts';
import { KeyLabelContext } from '../ui/key-label';
import { bindKeys } from './bindings';
import { keyLabels } from './key-labels';

interface Keys {
  bindings: readonly Binding[];
  /** Takes over keys that the server keeps now. */
  take: (bindings: readonly Binding[]) => void;
}

const KeysContext = createContext<Keys>({ bindings: [], take: () => undefined });

/** Makes the keys a person chose those of the page, and what is printed on its buttons. */
export function KeysProvider({ initial, children }: { initial: readonly Binding[]; children: ReactNode }) {
  const [bindings, take] = useState(initial);
  // One page, one person: not on the server, where many are drawn at once.
  if (typeof window !== 'undefined') bindKeys(bindings);
  const keys = useMemo(() => ({ bindings, take }), [bindings]);
  const label = useMemo(() => keyLabels(bindings), [bindings]);
  return (
    <KeysContext value={keys}>
      <KeyLabelContext value={label}>{children}</KeyLabelContext>
    </KeysContext>
  );
}

/** Returns the keys the person of this page chose, and the way to take over others. */
export function useKeys(): Keys {
  return useContext(KeysContext);
}
