import type { AuditEvent } from '@/lib/domain/audit-event';
import type { SpaceSetting } from '@/lib/domain/coordinate-space';
import type { Decision } from '@/lib/domain/decision';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import type { RecordChange } from '@/lib/domain/record-change';
import type { RetentionFacts } from '@/lib/domain/retention';
import type { Review, ReviewAction } from '@/lib/domain/review';
import type { Verification } from '@/lib/domain/verification';

/** What the server knew of the files of a case at a moment, in milliseconds since 1970. */
export interface CaseEvidence {
  at: number;
  files: EvidenceState[];
}

/** The upstream's part of a case; `raw` is its own text, `snapshotHash` its fingerprint, which a verdict names. */
export interface CaseRecord {
  verification: Verification;
  raw: string;
  snapshotHash: string;
}

/** The console's own part of a case. */
export interface CaseHistory {
  review: Review;
  timeline: AuditEvent[];
  /** How the present record differs from the one the standing decision was made on; null when it does not. */
  recordChange: RecordChange | null;
  /** The decision that waits for a second person; `blocked` says why the viewer cannot be that person, null when they can. */
  proposal: { decision: Decision; blocked: string | null } | null;
  /** Files of which an encrypted copy is kept, shown when the upstream lost them. */
  copies: { name: string; keptAt: number }[];
  retention: CaseRetention;
}

/** How long the case is kept. `dueAt` is null while its clock does not run; times are milliseconds since 1970. */
export type CaseRetention = Pick<RetentionFacts, 'hold' | 'erased'> & { dueAt: number | null };

/** Who looks, and what she may do to this case. */
export interface Viewer {
  id: string;
  name: string;
  role: string;
  actions: ReviewAction[];
  /** Whether she may take a case away as a pack. */
  mayExport: boolean;
  /** Whether they may see who opened the case. */
  mayAudit: boolean;
}

/** A case as the server found it. Either part may be missing, and then `...Problem` is a sentence for the reviewer. */
export interface CaseData {
  id: number;
  record: CaseRecord | null;
  recordProblem: { title: string; sentence: string } | null;
  history: CaseHistory | null;
  historyProblem: string | null;
  /** Null while the database did not say. */
  evidence: CaseEvidence | null;
  /** What is known of the pixels the verification API counts. */
  coordinates: SpaceSetting;
  viewer: Viewer;
  /** A second look: what people decided and wrote is left out. */
  blind: boolean;
  /** Whether the view is recorded; that of a case fetched ahead is once it is shown. */
  isRecorded: boolean;
}
