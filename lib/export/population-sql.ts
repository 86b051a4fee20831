import { Prisma } from '@/lib/db/generated/client';
import type { PopulationFilter } from '@/lib/domain/export-query';
import { allOf, during, STATE_NOW, searchConditions } from '@/lib/mirror/search-conditions';

const { sql, raw } = Prisma;

// The decision in force is the newest that stands, wherever the index says that one is in force (console.project_case).
const FROM = `console.record AS r
  LEFT JOIN LATERAL (
    SELECT * FROM console.decision AS known
    WHERE r.reviewer_id IS NOT NULL AND known.verification_id = r.verification_id
      AND NOT EXISTS (SELECT FROM console.withdrawal AS w WHERE w.decision_id = known.id)
    ORDER BY known.version DESC LIMIT 1
  ) AS d ON true
  LEFT JOIN console.approval AS a ON a.decision_id = d.id
  LEFT JOIN console."user" AS assignee ON assignee.id = r.assignee_id`;

const COLUMNS = `r.verification_id AS id, r.machine_result AS "machineResult", r.raw, r.snapshot_hash AS "snapshotHash", r.upstream_missing_at IS NOT NULL AS missing,
  ${STATE_NOW} AS state, r.similarity, r.confidence, assignee.name AS assignee,
  (SELECT count(*) FROM console.note AS n WHERE n.verification_id = r.verification_id) AS notes,
  (SELECT count(*) FROM console.decision AS n WHERE n.verification_id = r.verification_id) AS decisions,
  d.outcome, d.is_override AS "isOverride", d.reason_codes AS "reasonCodes", d.rationale, d.proposer_id AS "decidedById",
  d.proposer_name AS "decidedBy", d.decided_at AS "decidedAt", d.claimed_at AS "claimedAt", d.version, d.policy_version AS "policyVersion",
  d.second_person AS "secondPerson", a.approver_name AS "approvedBy", a.approved_at AS "approvedAt", d.id_sha256 AS "idSha256",
  d.selfie_sha256 AS "selfieSha256", d.unchecked, a.unchecked AS "uncheckedByApprover", d.snapshot_hash AS "decidedSnapshot",
  CASE WHEN d.snapshot_hash <> r.snapshot_hash THEN
    (SELECT min(v.replaced_at) FROM console.record_version AS v
      WHERE v.verification_id = r.verification_id AND v.snapshot_hash = d.snapshot_hash AND v.replaced_at >= d.decided_at)
  WHEN d.id IS NOT NULL THEN r.upstream_missing_at END AS "recordChangedAt",
  coalesce(r.findings @> ARRAY['record-changed'], false) AS "recordChangeNoticed"`;

/** Every record under the filter with what is known of it, by its number. `me` is whoever asks. */
export function populationSql(filter: PopulationFilter, me: string): Prisma.Sql {
  return sql`SELECT ${raw(COLUMNS)} FROM ${raw(FROM)} WHERE ${allOf(conditions(filter, me))} ORDER BY r.verification_id`;
}

/** How many there are. */
export function populationCountSql(filter: PopulationFilter, me: string): Prisma.Sql {
  const narrow = filter.outcome === null && filter.decided.from === null && filter.decided.to === null;
  return sql`SELECT count(*) AS count FROM ${raw(narrow ? 'console.record AS r' : FROM)} WHERE ${allOf(conditions(filter, me))}`;
}

/** Whether the filter may leave a record out. */
export function isNarrow(filter: PopulationFilter, me: string): boolean {
  return conditions(filter, me).length > 0;
}

function conditions(filter: PopulationFilter, me: string): Prisma.Sql[] {
  const { outcome, decided } = filter;
  return [
    ...searchConditions(filter, me),
    ...(outcome === null ? [] : [sql`d.outcome = ${outcome}`]),
    ...during(raw('d.decided_at'), decided),
  ];
}
