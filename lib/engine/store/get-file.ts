import { z } from 'zod';
import type { Store } from './open-store';

/** What is known of a stored file. `sha256` is hexadecimal. */
export interface StoredFile {
  verificationId: number;
  category: 'id' | 'face';
  fileName: string;
  fileSize: number;
  contentType: string;
  sha256: string;
}

const row = z.object({
  verificationId: z.coerce.number(),
  category: z.enum(['id', 'face']),
  fileName: z.string(),
  fileSize: z.coerce.number(),
  contentType: z.string(),
  sha256: z.string(),
});

/** One file of a record, or null when there is none. */
export async function getFile(store: Store, verificationId: number, category: 'id' | 'face'): Promise<StoredFile | null> {
  const { rows } = await store.query({
    name: 'engine-get-file',
    text: `SELECT verification_id AS "verificationId", category, file_name AS "fileName", file_size AS "fileSize",
                  content_type AS "contentType", sha256
             FROM engine.file WHERE verification_id = $1 AND category = $2`,
    values: [verificationId, category],
  });
  return rows.length === 0 ? null : row.parse(rows[0]);
}
