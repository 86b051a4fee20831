'use client';

import { memo, useEffect, useMemo, useRef } from 'react';
import { driftFindings, findingsOf } from '@/lib/domain/finding';
import { changeFindings } from '@/lib/domain/record-change';
import { decisionInForce } from '@/lib/domain/review';
import { Timeline } from '../audit/timeline';
import { Comparison } from '../compare/comparison';
import type { FeatureHold } from '../compare/feature-list';
import { EvidencePair } from '../evidence/evidence-pair';
import { FaceList } from '../evidence/face-list';
import { useEvidence } from '../evidence/use-evidence';
import { useStill } from '../media/use-still';
import { Veil } from '../privacy/veil';
import { Notice } from '../ui/notice';
import type { CaseHistory, CaseRecord } from './case-data';
import { ChecksPanel } from './checks-panel';
import { FilesPanel } from './files-panel';
import { FindingsPanel } from './findings-panel';
import { RawRecord } from './raw-record';
import { RecordChangeNotice } from './record-change-notice';
import { RetentionNotice } from './retention-notice';
import { ReviewPanel } from './review-panel';
import { Section } from './section';
import { TagsPanel } from './tags-panel';

export interface CaseWithRecordProps {
  record: CaseRecord;
  history: CaseHistory | null;
  viewerId: string;
  /** Where the reviewer says what she found feature by feature; absent or null for whoever decides nothing here. */
  features?: FeatureHold | null;
  /** The files have been delivered for the first time: their hashes and the views are known from now on. */
  onFilesSeen: () => void;
}

/** Pictures on the left, everything that is known about them on the right. */
export const CaseWithRecord = memo(function CaseWithRecord(props: CaseWithRecordProps) {
  const { history, viewerId, features = null, onFilesSeen } = props;
  const { verification, raw } = props.record;
  const evidence = useEvidence(verification);
  const { still, keep } = useStill();
  const drift = useMemo(() => driftFindings(history?.seen ?? [], history ? decisionInForce(history.review) : null), [history]);
  const change = history?.recordChange ?? null;
  const findings = useMemo(() => [...drift, ...changeFindings(change), ...findingsOf(verification)], [drift, change, verification]);
  const unseen =
    history !== null && verification.files.some(({ name }) => name !== null && !history.seen.some((file) => file.name === name));
  useOnce(evidence.settled && unseen, onFilesSeen);
  const received = { at: verification.receivedAt, machineResult: verification.machineResult };
  return (
    <div className="grid min-h-0 min-w-0 flex-1 lg:grid-cols-[minmax(0,1fr)_348px] lg:grid-rows-[minmax(0,1fr)]">
      <div className="flex min-h-0 min-w-0 flex-col">
        {drift.length > 0 && (
          <Notice tone="bad" title="The evidence is not what it was" className="mx-2.5 mt-2.5">
            {drift.map(({ detail }) => (
              <p key={detail}>{detail}</p>
            ))}
            <p>Do not decide on it before you know why. Both fingerprints are in the audit trail.</p>
          </Notice>
        )}
        {change && <RecordChangeNotice change={change} className="mx-2.5 mt-2.5" />}
        <Veil caseId={verification.id} onRevealed={onFilesSeen}>
          <Comparison evidence={evidence} selfieStill={still} features={features}>
            <EvidencePair evidence={evidence} onStill={keep} />
          </Comparison>
        </Veil>
      </div>
      <aside aria-label="Facts" className="border-line bg-surface max-lg:border-t lg:overflow-y-auto lg:border-l">
        <ChecksPanel verification={verification} />
        <Section title="Faces">
          <FaceList evidence={evidence} />
        </Section>
        <FindingsPanel findings={findings} />
        {history && <ReviewPanel review={history.review} />}
        <TagsPanel tags={verification.tags} />
        <FilesPanel
          files={verification.files}
          seen={history?.seen ?? []}
          copies={history?.copies ?? []}
          pictures={{ id: evidence.sides.id.picture, face: evidence.sides.face.picture }}
        />
        {history && <RetentionNotice retention={history.retention} />}
        {history && (
          <Section title="Timeline">
            <Timeline events={history.timeline} viewerId={viewerId} received={received} />
          </Section>
        )}
        <RawRecord raw={raw} />
      </aside>
    </div>
  );
});

function useOnce(when: boolean, act: () => void): void {
  const done = useRef(false);
  const current = useRef(act);
  useEffect(() => {
    current.current = act;
  });
  useEffect(() => {
    if (!when || done.current) return;
    done.current = true;
    current.current();
  }, [when]);
}
