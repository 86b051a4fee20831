import { z } from 'zod';
import { db } from '@/lib/db/client';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import type { ExportSummary } from '@/lib/domain/export';
import { Refusal } from '@/lib/domain/refusal';
import { storedExport } from './stored-export';

const SHOWN = 100;

/** The newest hundred exports of everybody, newest first: who took what away is for all who may take things away. */
export async function listExports(actor: Actor): Promise<ExportSummary[]> {
  requirePermission(actor, 'exports.create');
  const rows = await db().export.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: SHOWN });
  return rows.map(storedExport);
}

/** One export. Throws a Refusal `forbidden` or `not-found`. */
export async function readExport(actor: Actor, id: string): Promise<ExportSummary> {
  requirePermission(actor, 'exports.create');
  const row = z.uuid().safeParse(id).success ? await db().export.findUnique({ where: { id } }) : null;
  if (!row) throw new Refusal('not-found', 'There is no such export.');
  return storedExport(row);
}
