'use client';

import { createContext, useContext } from 'react';
import type { Scope } from '@/lib/domain/shortcuts';

/** How a key of the registry is printed for the person of this page, by the name it usually has. */
export type KeyLabel = (usual: string, scope?: Scope) => string;

/** The keys as everybody has them, until a person chose others. */
export const KeyLabelContext = createContext<KeyLabel>((usual) => usual);

/** Returns how keys are printed here. */
export function useKeyLabel(): KeyLabel {
  return useContext(KeyLabelContext);
}
