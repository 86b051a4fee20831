import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { SpaceSetting } from '@/lib/domain/coordinate-space';
import { connectionSettings } from '@/lib/upstream/test-connection';
import { requireReviewer } from '../require-reviewer';
import { type SetSpace, spaceSetting } from './space-setting';

/** Sets what the coordinates of the configured API count; setting what holds already changes nothing. Throws a Refusal `forbidden`. */
export async function setSpace(actor: Actor, setting: SpaceSetting): Promise<SetSpace> {
  requireReviewer(actor, 'policies.write');
  const { address } = connectionSettings();
  return db().$transaction(async (tx) => {
    const before = await spaceSetting(tx);
    if (before.setting === setting) return before;
    const { id } = await tx.coordinateSetting.create({ data: { address, setting, byId: actor.id, byName: actor.name } });
    const data = { address, from: before.setting, to: setting };
    await appendAuditEvent(tx, actor, { action: 'connection.coordinates-set', subject: 'connection:coordinates', data }, [
      { table: 'coordinate_setting', id },
    ]);
    return spaceSetting(tx);
  });
}
