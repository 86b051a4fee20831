import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { searchableTag } from '@/lib/domain/searchable-tag';
import type { Tag } from '@/lib/domain/verification';

/** Counting stops here: this is told beside a case, and nobody waits for it. */
const CAP = 1_000;

/** What is known of the records that carry a tag, a customer's for example. */
export interface TagTally {
  /** At most a thousand. */
  records: number;
  /** How many of those counted have a decision in force that declines them. */
  declined: number;
  /** Whether there are more than were counted. */
  capped: boolean;
}

/** Counts the records of a tag by name and value, both exact, and those of them that were declined. */
export async function tagTally(_actor: Actor, tag: Tag): Promise<TagTally> {
  const { name, value } = searchableTag(tag);
  // Of a resolved case the newest decision that was not taken back is the one in force.
  const [row] = await db().$queryRaw<{ records: bigint; declined: bigint; capped: boolean }[]>`
    SELECT least(count(*), ${CAP}) AS records, count(*) > ${CAP} AS capped,
      count(*) FILTER (WHERE place <= ${CAP} AND 'DECLINED' = (
        SELECT d.outcome::text FROM console.decision d
         WHERE d.verification_id = counted.verification_id AND counted.state = 'RESOLVED'
           AND NOT EXISTS (SELECT FROM console.withdrawal w WHERE w.decision_id = d.id)
         ORDER BY d.version DESC LIMIT 1)) AS declined
    FROM (SELECT r.verification_id, r.state, row_number() OVER () AS place
            FROM console.record_tag t JOIN console.record r ON r.verification_id = t.verification_id
           WHERE t.name = ${name} AND t.value = ${value} LIMIT ${CAP + 1}) counted`;
  return { records: Number(row?.records ?? 0), declined: Number(row?.declined ?? 0), capped: row?.capped ?? false };
}
