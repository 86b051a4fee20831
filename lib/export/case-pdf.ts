import { setImmediate as others } from 'node:timers/promises';
import type { SignedHead } from '@/lib/audit/export-format';
import { type AuditEvent, auditSentence } from '@/lib/domain/audit-event';
import type { Decision } from '@/lib/domain/decision';
import { uncheckedText } from '@/lib/domain/evidence-shown';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import type { Finding } from '@/lib/domain/finding';
import { OUTCOME_LABEL, REASON_CODES } from '@/lib/domain/reason-codes';
import { changeLine, type RecordChange } from '@/lib/domain/record-change';
import { decisionInForce, type Review } from '@/lib/domain/review';
import { type Face, fileOf, tagValues, type Verification } from '@/lib/domain/verification';
import type { CaseFile } from './case-file';
import { fileStateText } from './evidence-text';
import { type Said, said } from './pdf/said';
import { PdfPage } from './pdf-page';

const CUSTOMER_TAG = 'customerId';

export interface CasePdf {
  verification: Verification;
  review: Review;
  /** How the record differs from the one that was decided on; null when it does not. */
  recordChange: RecordChange | null;
  findings: Finding[];
  seen: EvidenceState[];
  files: CaseFile[];
  /** Oldest first. */
  timeline: AuditEvent[];
  head: SignedHead | null;
  snapshotHash: string;
  /** SHA-256 of `case.json`, which lies beside the PDF and which the signed manifest lists. */
  caseHash: string;
  leftOut: string[];
}

/** A case on paper: who decided what on which evidence, who checked it, when, and by what it can be proven. Times in UTC. */
export async function casePdf(pack: CasePdf): Promise<Buffer> {
  const { verification, head, caseHash } = pack;
  const page = await PdfPage.open({ title: `Verification ${verification.id}`, created: new Date(head?.at ?? 0) });
  const model = [verification.model, verification.modelVersion].filter(Boolean).join(' ');
  page.title(
    said`Verification ${verification.id}`,
    said`Received ${utc(verification.receivedAt)}. ${model || 'Model unknown'}. All times UTC.`,
  );
  for (const part of [evidenceProblems, verdicts, tags, pictures, faces, checks, evidence, decisions, notes, timeline, proof]) {
    await part(page, pack);
    // People work with this process meanwhile.
    await others();
  }
  const upTo = head ? `, events up to ${head.seq}` : '';
  return page.end(said`Second Look, verification ${verification.id}${upTo}`, said`SHA-256 of case.json in this pack: ${caseHash}`);
}

function evidenceProblems(page: PdfPage, { findings, recordChange }: CasePdf): void {
  for (const { kind, detail } of findings) {
    if (kind === 'drift') page.text(said`The evidence is not what it was. ${detail}`, { font: 'bold', bad: true });
    if (kind === 'file-missing') page.text(said`The verification service does not deliver a file. ${detail}`, { font: 'bold', bad: true });
  }
  if (!recordChange) return;
  const since = recordChange.at === null ? '' : ` First noticed ${utc(recordChange.at)}.`;
  page.text(said`Record changed since decision. ${changeLine(recordChange)}${since}`, { font: 'bold', bad: true });
}

function verdicts(page: PdfPage, { verification, review }: CasePdf): void {
  const force = decisionInForce(review);
  page.heading('Result');
  page.pair('Automated result', verification.machineResult === 'VERIFIED' ? 'Verified' : 'Not verified');
  page.pair('State', review.summary.state.toLowerCase().replaceAll('_', ' '));
  page.pair('Decision in force', force ? decisionText(force) : 'None');
  if (!force) return;
  page.pair('Decided by', said`${force.proposerName}, ${utc(force.decidedAt)}`);
  page.pair('Checked by', approvalText(force));
  page.pair('Under policy', `version ${force.policyVersion}`);
}

function tags(page: PdfPage, { verification }: CasePdf): void {
  page.heading('Customer and tags');
  const customers = tagValues(verification, CUSTOMER_TAG);
  if (customers.length === 0) page.pair('Customer', 'The record names none.', { muted: true });
  for (const customer of customers) page.pair('Customer', shown(customer));
  for (const { name, value } of verification.tags)
    if (name !== CUSTOMER_TAG) page.pair(name === '' ? 'Tag without a name' : name, shown(value));
}

const shown = (value: string) => (value === '' ? said`(empty)` : value);

function pictures(page: PdfPage, { files }: CasePdf): void {
  const drawn = files.flatMap(({ overlay, category, name }) =>
    overlay ? [{ ...overlay, caption: category === 'id' ? said`ID document: ${name}` : said`Selfie: ${name}` }] : [],
  );
  if (drawn.length === 0) return;
  page.heading('Pictures, with every face and landmark the record lists');
  page.pictures(drawn);
}

function faces(page: PdfPage, { verification }: CasePdf): void {
  page.heading('Faces the record lists');
  if (verification.faces.length === 0) page.text('None.', { muted: true });
  for (const face of verification.faces)
    page.pair(`${face.category === 'id' ? 'ID document' : 'Selfie'}, face ${face.number}`, faceText(face));
}

function faceText({ confidence, box }: Face): string {
  const sure = confidence === null ? 'confidence not given' : `confidence ${confidence}`;
  if (!box) return `${sure}; no usable box`;
  const [x1, y1, x2, y2] = [box.x1, box.y1, box.x2, box.y2].map((value) => Math.round(value));
  return `${sure}; box from ${x1}, ${y1} to ${x2}, ${y2} px`;
}

function checks(page: PdfPage, { verification, findings }: CasePdf): void {
  page.heading('Automated checks');
  if (verification.checks.length === 0) page.text('The record lists none.', { muted: true });
  for (const { kind, outcome, measure, reason } of verification.checks) {
    const measured =
      measure.value === null ? '' : `, measured ${measure.value}${measure.threshold === null ? '' : `, needed ${measure.threshold}`}`;
    page.pair(kind, reason ? said`${outcome}${measured}; ${reason}` : said`${outcome}${measured}`, { bad: outcome === 'fail' });
  }
  page.heading('Findings of the console');
  if (findings.length === 0) page.text('None.', { muted: true });
  for (const { label, detail } of findings) page.pair(label, detail);
}

function evidence(page: PdfPage, { verification, review, seen, snapshotHash }: CasePdf): void {
  const force = decisionInForce(review);
  page.heading('Evidence');
  for (const [category, label, decided] of [
    ['id', 'ID document', force?.idSha256],
    ['face', 'Selfie', force?.selfieSha256],
  ] as const) {
    const file = fileOf(verification, category);
    const now = seen.find(({ name }) => name === file?.name);
    page.pair(label, file?.name ?? 'none named');
    if (now) page.pair('State', fileStateText(now), { bad: now.state === 'differs' || now.state === 'lost' });
    page.pair('sha256, last read', now?.sha256 ?? 'never read to its end', { font: 'mono' });
    if (force) {
      page.pair('sha256, at the decision', decided ?? 'was not shown then', {
        font: 'mono',
        bad: Boolean(decided && now && decided !== now.sha256),
      });
      if (force.unchecked?.includes(category)) page.pair('Compared then', 'No: decided without a comparison', { bad: true });
    }
  }
  page.pair('Record, sha256', snapshotHash, { font: 'mono' });
  if (force) page.pair('Record, at the decision', force.snapshotHash, { font: 'mono', bad: force.snapshotHash !== snapshotHash });
}

function decisions(page: PdfPage, { review }: CasePdf): void {
  page.heading('Decisions, oldest first');
  if (review.decisions.length === 0) page.text('Nobody has decided.', { muted: true });
  for (const decision of review.decisions) {
    page.pair(`${decision.version}. ${utc(decision.decidedAt)}`, said`${decision.proposerName}: ${decisionText(decision)}`);
    if (decision.rationale) page.pair('Rationale', decision.rationale);
    if (decision.secondPerson) page.pair('Second person', said`${decision.secondPerson} ${approvalText(decision)}`);
    if (decision.withdrawnAt !== null) page.pair('Taken back', utc(decision.withdrawnAt));
  }
}

async function notes(page: PdfPage, { review }: CasePdf): Promise<void> {
  page.heading('Notes');
  if (review.notes.length === 0) page.text('None.', { muted: true });
  for (const { authorName, text, createdAt } of review.notes) {
    await others();
    page.pair(utc(createdAt), said`${authorName}: ${text}`);
  }
}

async function timeline(page: PdfPage, { timeline: events }: CasePdf): Promise<void> {
  page.heading('Timeline, oldest first');
  if (events.length === 0) page.text('Nothing was recorded.', { muted: true });
  for (const event of events) {
    await others();
    page.pair(`${event.seq}  ${utc(event.at)}`, said`${event.actorName} (${event.actorRole}) ${auditSentence(event)}`);
  }
}

function proof(page: PdfPage, { head, leftOut }: CasePdf): void {
  page.heading('Proof');
  if (head) {
    page.pair('Head of the chain', `event ${head.seq}, signed ${head.at}`);
    page.pair('Hash', head.hash, { font: 'mono' });
    page.pair('Key', head.keyId, { font: 'mono' });
    page.pair('Signature (Ed25519)', head.signature, { font: 'mono' });
  } else page.text('Nothing was ever recorded here, so there is no head to sign.', { muted: true });
  page.text('The files beside this one prove it: run node verify.mjs or python3 verify.py in their folder. This page is a reading copy.', {
    muted: true,
  });
  for (const sentence of leftOut) page.text(sentence, { muted: true });
}

function decisionText({ outcome, isOverride, reasonCodes, unchecked }: Decision): string {
  const reasons = reasonCodes.map((code) => REASON_CODES[code].label).join(', ');
  return `${OUTCOME_LABEL[outcome]}${isOverride ? ', overriding the automated result' : ''}${reasons ? `: ${reasons}` : ''}${uncheckedText({ unchecked })}`;
}

function approvalText({ secondPerson, approval }: Decision): Said {
  if (!approval) return secondPerson === null ? said`Nobody had to` : said`Nobody has answered yet`;
  const verdict = said`${approval.approverName} ${approval.agrees ? 'agreed' : 'disagreed'}, ${utc(approval.approvedAt)}`;
  const whole = approval.comment ? said`${verdict}: ${approval.comment}` : verdict;
  return said`${whole}${uncheckedText(approval)}`;
}

const utc = (at: number | null) => (at === null ? 'at an unknown time' : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}`);
