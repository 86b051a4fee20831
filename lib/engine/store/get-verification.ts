import { z } from 'zod';
import type { Store } from './open-store';

const row = z.object({ record: z.string() });

/** The JSON text of one record, or null when there is none with this id. */
export async function getVerification(store: Store, verificationId: number): Promise<string | null> {
  const { rows } = await store.query({
    name: 'engine-get-verification',
    text: 'SELECT record FROM engine.verification WHERE verification_id = $1',
    values: [verificationId],
  });
  return rows.length === 0 ? null : row.parse(rows[0]).record;
}
