import { auditEventsOf } from '@/lib/audit/read';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { type Actor, can } from '@/lib/domain/actor';
import type { CasePackFilter } from '@/lib/domain/export-query';
import { findingsOf, findingsOfFiles } from '@/lib/domain/finding';
import { changeFindings } from '@/lib/domain/record-change';
import { Refusal } from '@/lib/domain/refusal';
import { decisionInForce, standingDecision } from '@/lib/domain/review';
import { evidenceStatesOf } from '@/lib/review/evidence/states-of';
import { reviewOf } from '@/lib/review/read-review';
import { recordCaseView } from '@/lib/review/record-case-view';
import { type PresentRecord, recordChangeOf } from '@/lib/review/record-change';
import { adaptVerification } from '@/lib/upstream/adapt';
import { getVerification, type UpstreamRecord } from '@/lib/upstream/get';
import { type CaseFile, caseFiles } from './case-file';
import { casePdf } from './case-pdf';
import { evidenceName, overlayName } from './evidence-name';
import type { Extracted, ExtractJob } from './extract';
import { literalSql } from './literal-sql';
import { requireReconciled } from './require-reconciled';
import { withSnapshot } from './snapshot';
import { visibleJson } from './visible-json';
import { writeEventLines, writeLinkLines } from './write-events';
import type { PackedFile, Zip } from './zip';

const { sql } = Prisma;

/** Beyond this many the links between a case's events and the head are left to an export of the log. */
const LINKS_MAX = 100_000;

/** What a pack is made of beyond what the database holds. */
export interface CasePackReading {
  found: FoundRecord;
  evidence: Awaited<ReturnType<typeof caseFiles>>;
}

/**
 * Fetches a case's record and files, each reading recorded. Done before the head of the chain is pinned, so that the pack's own log holds the
 * events of this reading. Throws a Refusal `not-found` for a case nobody knows.
 */
export async function readCasePack(actor: Actor, { verificationId, files }: CasePackFilter): Promise<CasePackReading> {
  const found = await recordOf(verificationId);
  await recordCaseView(actor, verificationId);
  const maySee = files && can(actor, 'records.read');
  const evidence = maySee
    ? await caseFiles(actor, found.record.verification)
    : { files: [], leftOut: ['The evidence files were not asked for.'] };
  return { found, evidence };
}

/**
 * One case as a folder: the record as it came, what people wrote and decided, both files and the same with every face drawn in where
 * the role may see them, all of it once more as a PDF, and the case's events with the links that bind them to the signed head.
 * `expect` is told how many events there will be.
 */
export async function extractCasePack(
  { found, evidence }: CasePackReading,
  filter: CasePackFilter,
  job: ExtractJob,
  expect: (rows: number) => void,
): Promise<Extracted> {
  const { verificationId: id } = filter;
  const { record, present, leftOut } = found;
  const { verification, bytes: raw, snapshotHash } = record;
  // After the files, so that the hash each of them was just seen with counts.
  const review = await db().$transaction((tx) => reviewOf(id, tx), { isolationLevel: 'RepeatableRead' });
  const seen = await evidenceStatesOf([...new Set(verification.files.flatMap(({ name }) => name ?? []))]);
  const noticed = findingsOfFiles(verification, seen, decisionInForce(review));
  const recordChange = await recordChangeOf(standingDecision(review), present);
  const findings = [...noticed, ...changeFindings(recordChange), ...findingsOf(verification)];
  const timeline = (await auditEventsOf(`verification:${id}`)).filter(({ seq }) => seq <= (job.head?.seq ?? 0));
  expect(timeline.length);

  const files: PackedFile[] = [];
  const add = async (name: string, bytes: Uint8Array) => {
    const added = await job.zip.add(name, [bytes]);
    files.push(added);
    return added.sha256;
  };
  await add('record.json', raw);
  const caseHash = await add(
    'case.json',
    Buffer.from(visibleJson({ verificationId: id, snapshotHash, review, recordChange, evidence: seen, findings })),
  );
  files.push(...(await addEvidence(job.zip, evidence.files)));
  const proof = await addEvents(id, job);
  files.push(...proof.files);
  const said = [...leftOut, ...evidence.leftOut, ...proof.leftOut];
  const pdf = await casePdf({
    verification,
    review,
    recordChange,
    findings,
    seen,
    files: evidence.files,
    timeline,
    head: job.head,
    snapshotHash,
    caseHash,
    leftOut: said,
  });
  await add(`case-${id}.pdf`, pdf);
  return { ...proof, files, filter: { ...filter }, leftOut: said };
}

interface FoundRecord {
  record: Pick<UpstreamRecord, 'bytes' | 'verification' | 'snapshotHash'>;
  /** The same as the upstream has it at this moment. */
  present: PresentRecord;
  leftOut: string[];
}

async function recordOf(id: number): Promise<FoundRecord> {
  try {
    const found = await getVerification(id);
    return { record: found, present: found, leftOut: [] };
  } catch (failure) {
    const known = failure instanceof Refusal ? await db().record.findUnique({ where: { verificationId: BigInt(id) } }) : null;
    if (!known) throw failure;
    const verification = adaptVerification(JSON.parse(known.raw));
    const bytes = new TextEncoder().encode(`{"result":${known.raw}}`);
    const since = `The verification service did not give the record; this is how it was last seen, ${known.seenAt.toISOString()}.`;
    const present = failure instanceof Refusal && failure.code === 'not-found' ? 'gone' : 'unknown';
    return { record: { bytes, verification, snapshotHash: known.snapshotHash }, present, leftOut: [since] };
  }
}

// The verifier reads one flat folder, so what belongs together begins alike. The record's own names stand in the manifest.
async function addEvidence(zip: Zip, files: CaseFile[]): Promise<PackedFile[]> {
  const packed: PackedFile[] = [];
  for (const [at, { category, name, bytes, overlay }] of files.entries()) {
    const number = files.slice(0, at + 1).filter((file) => file.category === category).length;
    packed.push({ ...(await zip.add(evidenceName(category, number, bytes), [bytes])), originalName: name });
    if (overlay) packed.push(await zip.add(overlayName(category, number), [overlay.bytes]));
  }
  return packed;
}

type Proof = Pick<Extracted, 'files' | 'counts' | 'firstSeq' | 'lastSeq' | 'complete' | 'leftOut'>;

async function addEvents(id: number, job: ExtractJob): Promise<Proof> {
  const last = job.head?.seq ?? 0;
  return withSnapshot(async (client) => {
    await requireReconciled(client, { verificationId: id });
    const subject = `verification:${id}`;
    const own = sql`e.subject = ${subject} AND e.seq <= ${last}`;
    const { rows } = await client.query(
      'SELECT min(seq) AS first, max(seq) AS last FROM console.audit_event WHERE subject = $1 AND seq <= $2',
      [subject, last],
    );
    const [first, lastOwn] = [Number(rows[0]?.first ?? 0), Number(rows[0]?.last ?? 0)];
    const log = await writeEventLines(client, literalSql(own), job);
    const before = { firstSeq: null, lastSeq: null, complete: false, leftOut: [] };
    if (log.rows === 0) return { ...before, files: [log.file], counts: { events: 0, links: 0 } };
    if (last - first >= LINKS_MAX) {
      const leftOut = [
        `The ${last - first + 1 - log.rows} links between this case's events and the signed head are not in here; an export of the log has them.`,
      ];
      return { files: [log.file], counts: { events: log.rows, links: 0 }, firstSeq: first, lastSeq: lastOwn, complete: false, leftOut };
    }
    const between = sql`e.seq BETWEEN ${first} AND ${last} AND e.subject <> ${subject}`;
    const links = log.rows === last - first + 1 ? null : await writeLinkLines(client, literalSql(between), job);
    const counts = { events: log.rows, links: links?.rows ?? 0 };
    return { files: [log.file, ...(links ? [links.file] : [])], counts, firstSeq: first, lastSeq: last, complete: true, leftOut: [] };
  });
}
