import type { CaseData } from '@/components/review/case-data';
import { type Actor, can, isProgram } from '@/lib/domain/actor';
import type { Decision } from '@/lib/domain/decision';
import { Refusal } from '@/lib/domain/refusal';
import { allowedActions, NO_FACTS, standingDecision } from '@/lib/domain/review';
import { caseRetention } from '@/lib/retention/case-retention';
import { spaceSetting } from '@/lib/review/coordinates/space-setting';
import { withoutNames } from '@/lib/review/evidence/case-evidence';
import { evidenceStatesOf } from '@/lib/review/evidence/states-of';
import { keptCopies } from '@/lib/review/keep-evidence';
import { pendingApprovals } from '@/lib/review/pending-approvals';
import { reviewOf } from '@/lib/review/read-review';
import { recordCaseView } from '@/lib/review/record-case-view';
import { noticeRecordChange, recordChangeOf } from '@/lib/review/record-change';
import { timelineOf } from '@/lib/review/timeline';
import { getVerification, type UpstreamRecord } from '@/lib/upstream/get';
import { FlawedRecord } from '@/lib/upstream/refuse';
import { flawedSentence } from './flawed-sentence';

const NOT_HERE = 'Notes, decisions and the timeline are kept. Deciding and noting need the record.';

/**
 * Both parts of a case at once: the upstream's record and the console's own history. Either may fail and leave the other whole.
 * `blind` leaves out what people decided and wrote. Nothing of it is handed out before the view is recorded, except `ahead`: then the
 * screen has it recorded as the case is shown.
 */
export async function loadCase(actor: Actor, id: number, { blind, ahead = false }: { blind: boolean; ahead?: boolean }): Promise<CaseData> {
  const recordLoading = loadRecord(id);
  const [{ present: _, ...record }, history, evidence, coordinates] = await Promise.all([
    recordLoading,
    blind ? HIDDEN : loadHistory(actor, id, recordLoading),
    loadEvidence(recordLoading),
    // Without it each picture decides, as before anybody said anything.
    spaceSetting()
      .then(({ setting }) => setting)
      .catch(() => 'per-picture' as const),
    ahead || recordLoading.then(({ record: found }) => found && recordCaseView(actor, id)),
  ]);
  const isEmpty = record.record === null && (history.history?.timeline.length ?? 0) === 0;
  if (!ahead && !isEmpty) await recordCaseView(actor, id);
  const facts = history.history?.review ?? NO_FACTS;
  const actions = isProgram(actor.role) ? [] : allowedActions({ id: actor.id, role: actor.role }, facts, Date.now());
  const mayExport = can(actor, 'exports.create');
  const mayAudit = can(actor, 'audit.read');
  const viewer = { id: actor.id, name: actor.name, role: actor.role, actions, mayExport, mayAudit };
  const shown = evidence && blind ? withoutNames(evidence) : evidence;
  return { id, ...record, ...history, evidence: shown, coordinates, viewer, blind, isRecorded: !ahead };
}

const HIDDEN: LoadedHistory = { history: null, historyProblem: null };

/** The record as the page shows it, and as it is compared with the one a decision was made on. */
type LoadedRecord = Pick<CaseData, 'record' | 'recordProblem'> & {
  present: { found: UpstreamRecord; askedAt: number } | 'gone' | 'unknown';
};
type LoadedHistory = Pick<CaseData, 'history' | 'historyProblem'>;

async function loadRecord(id: number): Promise<LoadedRecord> {
  const askedAt = Date.now();
  try {
    const found = await getVerification(id);
    const { verification, bytes, snapshotHash } = found;
    return { record: { verification, raw: readable(bytes), snapshotHash }, recordProblem: null, present: { found, askedAt } };
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    if (failure instanceof FlawedRecord) {
      const sentence = `${await flawedSentence(id, failure.flaw.kind)} ${NOT_HERE}`;
      return { record: null, recordProblem: { title: `Verification ${id} cannot be read`, sentence }, present: 'unknown' };
    }
    const gone = failure.code === 'not-found';
    const title = gone ? `The upstream has no verification ${id}` : 'The record cannot be read right now';
    const sentence = gone ? NOT_HERE : `${failure.message} ${NOT_HERE}`;
    return { record: null, recordProblem: { title, sentence }, present: gone ? 'gone' : 'unknown' };
  }
}

// Without it nothing is said about the files; the page asks again once they have loaded.
async function loadEvidence(recordLoading: Promise<LoadedRecord>): Promise<CaseData['evidence']> {
  const { record } = await recordLoading;
  const names = record?.verification.files.flatMap(({ name }) => name ?? []) ?? [];
  const at = Date.now();
  return evidenceStatesOf([...new Set(names)]).then(
    (files) => ({ at, files }),
    () => null,
  );
}

async function loadHistory(actor: Actor, id: number, recordLoading: Promise<LoadedRecord>): Promise<LoadedHistory> {
  try {
    const loading = reviewOf(id);
    const [review, recordChange, timeline, [proposal], copies, retention] = await Promise.all([
      loading,
      Promise.all([loading, recordLoading]).then(([review, { present }]) => loadChange(standingDecision(review), present)),
      timelineOf(id),
      pendingApprovals(actor, { verificationId: id }),
      keptCopies(id),
      caseRetention(id),
    ]);
    return { history: { review, timeline, recordChange, proposal: proposal ?? null, copies, retention }, historyProblem: null };
  } catch (failure) {
    console.error(failure);
    return {
      history: null,
      historyProblem: 'The database did not answer. The record below is whole; reload to try again before you decide.',
    };
  }
}

// What was just fetched goes into the index first, so that the change is found in lists as well.
async function loadChange(decision: Decision | null, present: LoadedRecord['present']) {
  if (present === 'unknown') return recordChangeOf(decision, present);
  const [found, askedAt] = present === 'gone' ? [present, Date.now()] : [present.found, present.askedAt];
  await noticeRecordChange(decision, found, askedAt);
  return recordChangeOf(decision, found);
}

// Indented for reading; what is not JSON after all is shown as it came.
function readable(bytes: UpstreamRecord['bytes']): string {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
