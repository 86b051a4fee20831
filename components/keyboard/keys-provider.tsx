'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import * as z from 'zod/mini';
import { type Binding, keyBindings } from '@/lib/domain/key-bindings';
import { ask } from '../api/client';
import { KeyLabelContext } from '../ui/key-label';
import { bindKeys } from './bindings';
import { keyLabels } from './key-labels';

interface Keys {
  bindings: readonly Binding[];
  /** Keeps other keys on the server. Resolves to why that was refused; null once it is done. */
  choose: (bindings: readonly Binding[]) => Promise<string | null>;
}

const KeysContext = createContext<Keys>({ bindings: [], choose: async () => null });

/** Makes the keys a person chose those of the page, and what is printed on its buttons. */
export function KeysProvider({ initial, children }: { initial: readonly Binding[]; children: ReactNode }) {
  const [bindings, setBindings] = useState(initial);
  // One page, one person: not on the server, where many are drawn at once.
  if (typeof window !== 'undefined') bindKeys(bindings);
  const keys = useMemo<Keys>(
    () => ({
      bindings,
      choose: async (next) => {
        const result = await ask('PUT', '/api/me/keys', z.object({ bindings: keyBindings.shape.bindings }), { body: { bindings: next } });
        if (result.ok) setBindings(result.value.bindings);
        return result.ok ? null : result.message;
      },
    }),
    [bindings],
  );
  const label = useMemo(() => keyLabels(bindings), [bindings]);
  return (
    <KeysContext value={keys}>
      <KeyLabelContext value={label}>{children}</KeyLabelContext>
    </KeysContext>
  );
}

/** Returns the keys the person of this page chose, and the way to choose others. */
export function useKeys(): Keys {
  return useContext(KeysContext);
}
