'use client';

import { memo, useEffect, useMemo, useRef } from 'react';
import type { SpaceSetting } from '@/lib/domain/coordinate-space';
import { findingsOf, findingsOfFiles } from '@/lib/domain/finding';
import { changeFindings } from '@/lib/domain/record-change';
import { decisionInForce } from '@/lib/domain/review';
import { Timeline } from '../audit/timeline';
import { Comparison } from '../compare/comparison';
import type { FeatureHold } from '../compare/feature-list';
import { EvidenceBanner } from '../evidence/evidence-banner';
import { EvidencePair } from '../evidence/evidence-pair';
import { FaceList } from '../evidence/face-list';
import { useEvidence } from '../evidence/use-evidence';
import { useEvidenceStates } from '../evidence/use-evidence-states';
import { useOfferedShown } from '../evidence/use-offered-shown';
import { useStill } from '../media/use-still';
import { Veil } from '../privacy/veil';
import type { CaseEvidence, CaseHistory, CaseRecord, Viewer } from './case-data';
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
  /** What is known of the pixels the verification API counts. */
  coordinates: SpaceSetting;
  history: CaseHistory | null;
  /** What the server knew of the files when the case was opened. */
  known: CaseEvidence | null;
  /** A blind re-review: nothing is shown of who saw or acknowledged something. */
  blind: boolean;
  viewer: Pick<Viewer, 'id' | 'actions'>;
  /** Where the reviewer says what she found feature by feature; absent or null for whoever decides nothing here. */
  features?: FeatureHold | null;
  /** Something was recorded that the timeline does not show yet. */
  onChanged: () => void;
}

/** Pictures on the left, everything that is known about them on the right. */
export const CaseWithRecord = memo(function CaseWithRecord(props: CaseWithRecordProps) {
  const { history, known, blind, viewer, features = null, onChanged } = props;
  const { verification, raw, snapshotHash } = props.record;
  const evidence = useEvidence(verification, props.coordinates);
  const { still, keep } = useStill();
  const states = useEvidenceStates(evidence, known, blind);
  const { id, face } = states.sides;
  const files = useMemo(() => [...[id, face].filter((state) => state !== null), ...states.further], [id, face, states.further]);
  const noticed = useMemo(
    () => findingsOfFiles(verification, files, history ? decisionInForce(history.review) : null),
    [verification, files, history],
  );
  const change = history?.recordChange ?? null;
  const findings = useMemo(() => [...noticed, ...changeFindings(change), ...findingsOf(verification)], [noticed, change, verification]);
  useOfferedShown(snapshotHash, evidence, states, noticed);
  useOnNews(states.isNews, onChanged);
  const received = { at: verification.receivedAt, machineResult: verification.machineResult };
  return (
    <div className="grid min-h-0 min-w-0 flex-1 lg:grid-cols-[minmax(0,1fr)_348px] lg:grid-rows-[minmax(0,1fr)]">
      <div className="flex min-h-0 min-w-0 flex-col">
        <EvidenceBanner
          caseId={verification.id}
          findings={noticed}
          files={files}
          mayAcknowledge={!blind && viewer.actions.includes('decide')}
          onAcknowledged={() => {
            void states.refresh();
            onChanged();
          }}
        />
        {change && <RecordChangeNotice change={change} className="mx-2.5 mt-2.5" />}
        <Veil caseId={verification.id} onRevealed={onChanged}>
          <Comparison evidence={evidence} selfieStill={still} features={features}>
            <EvidencePair evidence={evidence} states={states.sides} onStill={keep} />
          </Comparison>
        </Veil>
      </div>
      <aside aria-label="Facts" className="relative border-line bg-surface max-lg:border-t lg:overflow-y-auto lg:border-l">
        <ChecksPanel verification={verification} />
        <Section title="Faces">
          <FaceList evidence={evidence} />
        </Section>
        <FindingsPanel findings={findings} />
        {history && <ReviewPanel review={history.review} />}
        <TagsPanel tags={verification.tags} />
        <FilesPanel
          files={verification.files}
          states={files}
          check={verification.files.length > 0 ? { run: () => void states.checkNow(), running: states.isChecking } : null}
          copies={history?.copies ?? []}
          pictures={{ id: evidence.sides.id.picture, face: evidence.sides.face.picture }}
        />
        {history && <RetentionNotice retention={history.retention} />}
        {history && (
          <Section title="Timeline">
            <Timeline events={history.timeline} viewerId={viewer.id} received={received} />
          </Section>
        )}
        <RawRecord raw={raw} />
      </aside>
    </div>
  );
});

// The timeline tells it too, once the page is read again.
function useOnNews(isNews: boolean, act: () => void): void {
  const current = useRef(act);
  useEffect(() => {
    current.current = act;
  });
  useEffect(() => {
    if (isNews) current.current();
  }, [isNews]);
}
