import type { PoolClient } from 'pg';
import { z } from 'zod';
import type { WireTag, WireVerification } from '@/lib/wire/record';
import type { StoredFile } from './get-file';
import type { Store } from './open-store';

const id = z.object({ id: z.coerce.number() });
const tagIds = z.array(z.object({ tag_id: z.string() }));

/** The id the next record gets. Ids rise and are never given twice; a failed submission leaves a gap. */
export async function nextVerificationId(store: Store): Promise<number> {
  const { rows } = await store.query("SELECT nextval('engine.verification_id') AS id");
  return id.parse(rows[0]).id;
}

/**
 * Writes a record with its tags and files in one transaction. `beforeCommit` runs inside it: when it throws, nothing is written.
 * The commit itself may fail with its outcome unknown; ask `getVerification` then.
 */
export async function insertVerification(
  store: Store,
  record: WireVerification,
  files: readonly StoredFile[],
  beforeCommit: () => Promise<void>,
): Promise<void> {
  const client = await store.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    const tags = await upsertTags(client, record.tags);
    await insertRecord(client, record);
    for (const file of files) await insertFile(client, file);
    await insertTagged(client, record.verificationId, tags);
    await beforeCommit();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

// Ordered, and before all else: two submissions with the same tags then wait for each other instead of locking each other out.
// The update changes nothing; it makes the statement return and lock the tags that were there already.
async function upsertTags(client: PoolClient, tags: readonly WireTag[]): Promise<string[]> {
  if (tags.length === 0) return [];
  const { rows } = await client.query(
    `INSERT INTO engine.tag (name, value) SELECT * FROM unnest($1::text[], $2::text[]) AS t (name, value) ORDER BY name COLLATE "C", value COLLATE "C"
     ON CONFLICT (name, value) DO UPDATE SET name = EXCLUDED.name RETURNING tag_id`,
    [tags.map((tag) => tag.name), tags.map((tag) => tag.value)],
  );
  return tagIds.parse(rows).map((row) => row.tag_id);
}

async function insertRecord(client: PoolClient, record: WireVerification): Promise<void> {
  await client.query(
    `INSERT INTO engine.verification (verification_id, id_file_name, id_file_size, id_file_type,
       selfie_file_name, selfie_file_size, selfie_file_type, verified, "timestamp", record)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      record.verificationId,
      record.idFileName,
      record.idFileSize,
      record.idFileType,
      record.selfieFileName,
      record.selfieFileSize,
      record.selfieFileType,
      record.verified,
      record.timestamp,
      JSON.stringify(record),
    ],
  );
}

async function insertFile(client: PoolClient, file: StoredFile): Promise<void> {
  await client.query(
    `INSERT INTO engine.file (verification_id, category, file_name, file_size, content_type, sha256) VALUES ($1, $2, $3, $4, $5, $6)`,
    [file.verificationId, file.category, file.fileName, file.fileSize, file.contentType, file.sha256],
  );
}

async function insertTagged(client: PoolClient, verificationId: number, tags: readonly string[]): Promise<void> {
  if (tags.length === 0) return;
  await client.query(
    `INSERT INTO engine.verification_tag (tag_id, verification_id, id_file_name, id_file_size, id_file_type,
       selfie_file_name, selfie_file_size, selfie_file_type, verified, "timestamp")
     SELECT tag_id, verification_id, id_file_name, id_file_size, id_file_type,
       selfie_file_name, selfie_file_size, selfie_file_type, verified, "timestamp"
       FROM engine.verification, unnest($2::bigint[]) AS t (tag_id) WHERE verification_id = $1`,
    [verificationId, tags],
  );
}
