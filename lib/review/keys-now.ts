import { z } from 'zod';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { Binding } from '@/lib/domain/bound-shortcuts';
import { binding, checkBindings } from '@/lib/domain/key-bindings';
import { Refusal } from '@/lib/domain/refusal';

const stored = z.array(binding);

/**
 * Returns the keys the actor chose. Empty as well when they no longer fit the commands of this version: then every command has its usual
 * key, rather than two of them one.
 */
export async function keysNow({ id }: Actor): Promise<Binding[]> {
  const latest = await db().keyPreference.findFirst({ where: { userId: id }, orderBy: { id: 'desc' } });
  const bindings = latest ? stored.parse(latest.bindings) : [];
  try {
    checkBindings(bindings);
    return bindings;
  } catch (failure) {
    if (failure instanceof Refusal) return [];
    throw failure;
  }
}
