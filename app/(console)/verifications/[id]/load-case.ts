import type { CaseData } from '@/components/review/case-data';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { allowedActions, NO_FACTS } from '@/lib/domain/review';
import { may } from '@/lib/domain/roles';
import { caseRetention } from '@/lib/retention/case-retention';
import { evidenceHashesOf } from '@/lib/review/evidence-hashes';
import { keptCopies } from '@/lib/review/keep-evidence';
import { pendingApprovals } from '@/lib/review/pending-approvals';
import { reviewOf } from '@/lib/review/read-review';
import { recordCaseView } from '@/lib/review/record-case-view';
import { timelineOf } from '@/lib/review/timeline';
import { getVerification, type UpstreamRecord } from '@/lib/upstream/get';

const NOT_HERE = 'Notes, decisions and the timeline are kept. Deciding and noting need the record.';

/**
 * Both parts of a case at once: the upstream's record and the console's own history. Either may fail and leave the other whole.
 * `blind` leaves out what people decided and wrote. Nothing of it is handed out before the view is recorded, except `ahead`: then the
 * screen has it recorded as the case is shown.
 */
export async function loadCase(actor: Actor, id: number, { blind, ahead = false }: { blind: boolean; ahead?: boolean }): Promise<CaseData> {
  const recordLoading = loadRecord(id);
  const [record, history] = await Promise.all([
    recordLoading,
    blind ? HIDDEN : loadHistory(actor, id, recordLoading),
    ahead || recordLoading.then(({ record: found }) => found && recordCaseView(actor, id)),
  ]);
  const isEmpty = record.record === null && (history.history?.timeline.length ?? 0) === 0;
  if (!ahead && !isEmpty) await recordCaseView(actor, id);
  const facts = history.history?.review ?? NO_FACTS;
  const actions = actor.role === 'system' ? [] : allowedActions({ id: actor.id, role: actor.role }, facts, Date.now());
  const mayExport = actor.role !== 'system' && may(actor.role, 'exports.create');
  const mayAudit = actor.role !== 'system' && may(actor.role, 'audit.read');
  const viewer = { id: actor.id, name: actor.name, role: actor.role, actions, mayExport, mayAudit };
  return { id, ...record, ...history, viewer, blind, isRecorded: !ahead };
}

const HIDDEN: LoadedHistory = { history: null, historyProblem: null };

type LoadedRecord = Pick<CaseData, 'record' | 'recordProblem'>;
type LoadedHistory = Pick<CaseData, 'history' | 'historyProblem'>;

async function loadRecord(id: number): Promise<LoadedRecord> {
  try {
    const { verification, bytes } = await getVerification(id);
    return { record: { verification, raw: readable(bytes) }, recordProblem: null };
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    const gone = failure.code === 'not-found';
    const title = gone ? `The upstream has no verification ${id}` : 'The record cannot be read right now';
    return { record: null, recordProblem: { title, sentence: gone ? NOT_HERE : `${failure.message} ${NOT_HERE}` } };
  }
}

async function loadHistory(actor: Actor, id: number, recordLoading: Promise<LoadedRecord>): Promise<LoadedHistory> {
  try {
    const seen = recordLoading.then(({ record }) => {
      const names = record?.verification.files.map(({ name }) => name).filter((name) => name !== null) ?? [];
      return evidenceHashesOf(names);
    });
    const [review, timeline, files, [proposal], copies, retention] = await Promise.all([
      reviewOf(id),
      timelineOf(id),
      seen,
      pendingApprovals(actor, { verificationId: id }),
      keptCopies(id),
      caseRetention(id),
    ]);
    return { history: { review, timeline, seen: files, proposal: proposal ?? null, copies, retention }, historyProblem: null };
  } catch (failure) {
    console.error(failure);
    return {
      history: null,
      historyProblem: 'The database did not answer. The record below is whole; reload to try again before you decide.',
    };
  }
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
