'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState, useTransition } from 'react';
import { isChanged } from '@/lib/domain/record-change';
import { isUnreached, onUnreached } from '../api/unreached';
import { Timeline } from '../audit/timeline';
import type { FeatureHold } from '../compare/feature-list';
import { CaseDesk } from '../desk/case-desk';
import { goToCase } from '../desk/go-to-case';
import { PagesAhead } from '../desk/pages-ahead';
import { type FetchAhead, useQueue } from '../desk/use-queue';
import { CasePackLink } from '../export/case-pack-link';
import type { Run } from '../keyboard/offers';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { buttonClass } from '../ui/button';
import { Notice } from '../ui/notice';
import { ActionBar } from './action-bar';
import { ApprovalPanel } from './approval-panel';
import type { CaseData } from './case-data';
import { CaseHeader } from './case-header';
import { backHref, caseHref, gridBehind } from './case-url';
import { CaseWithRecord } from './case-with-record';
import { judgeFeature } from './draft';
import { KeptFiles } from './kept-files';
import { QaPanel } from './qa-panel';
import { RecordChangeNotice } from './record-change-notice';
import { RetentionNotice } from './retention-notice';
import { ReviewPanel } from './review-panel';
import { Section } from './section';
import { useCaseView } from './use-case-view';
import { type DraftHold, useDraft } from './use-draft';
import { useNeighbours } from './use-neighbours';

export interface CaseScreenProps {
  data: CaseData;
  /** The same function at every rendering. */
  fetchAhead: FetchAhead;
}

/** A whole case: header, pictures and facts, and the bar where it is decided. Whatever part failed leaves the others usable. */
export function CaseScreen({ data, fetchAhead }: CaseScreenProps) {
  const { id, record, history, viewer } = data;
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [said, setSaid] = useState('');
  const [gone, setGone] = useState(false);
  const params = useSearchParams();
  // Out of the queue there is no list to go through: the queue says what comes next.
  const grid = useMemo(() => (params.has('queue') ? null : gridBehind(new URLSearchParams(params))), [params]);
  const neighbours = useNeighbours(id, grid);
  const hold = useDraft(id);
  const features = useFeatures(hold, history !== null && viewer.actions.includes('decide'));
  const to = (found: { id: number; offset: number } | null | undefined) => (found && grid ? caseHref(found.id, grid, found.offset) : null);
  const ways = grid && { previous: to(neighbours?.previous), next: to(neighbours?.next), neighbours };
  const queue = useQueue(fetchAhead);
  const back = () => (queue.view === null ? router.push(backHref(grid)) : queue.leave());
  const readAgain = useCallback(() => startTransition(() => router.refresh()), [router]);
  const goOn = async (sentence: string): Promise<boolean> => {
    setSaid(sentence);
    if (queue.view !== null) setGone(true);
    const isLeft = await queue.next();
    if (!isLeft) readAgain();
    return isLeft;
  };
  const unrecorded = useCaseView(id, data.isRecorded);
  const follow = useFollow(ways !== null && neighbours === null);
  useShortcuts('case', {
    'next-case': queue.view === null ? follow(ways?.next) : () => void queue.next(),
    'previous-case': follow(ways?.previous),
  });

  if (unrecorded)
    return (
      <Notice tone="bad" title={`Opening verification ${id} could not be recorded`} className="m-4">
        {unrecorded}
      </Notice>
    );
  return (
    <div className="flex min-w-0 flex-1 flex-col lg:h-[calc(100dvh-44px-var(--notices,0px))] lg:flex-none">
      <CaseHeader
        id={id}
        verification={record?.verification ?? null}
        review={history?.review ?? null}
        backHref={queue.view === null ? backHref(grid) : `/queue?${new URLSearchParams({ view: queue.view })}`}
        ways={ways}
        queue={queue.view === null ? null : { view: queue.view, next: () => void queue.next() }}
        pack={
          !data.blind && (
            <>
              {viewer.mayAudit && <ViewsLink id={id} />}
              {viewer.mayExport && <CasePackLink id={id} />}
            </>
          )
        }
        desk={
          history && (
            <CaseDesk
              caseId={id}
              viewerId={viewer.id}
              claim={history.review.claim}
              assignee={history.review.assignee}
              actions={viewer.actions}
              isOver={gone}
              onChanged={(sentence, left) => {
                if (left) void goOn(sentence);
                else {
                  setSaid(sentence);
                  readAgain();
                }
              }}
            />
          )
        }
      />
      {queue.problem && <Notice tone="bad" title={queue.problem} className="mx-2.5 mt-2.5" />}
      {data.historyProblem && (
        <Notice tone="bad" title="Notes and decisions cannot be read right now" className="mx-2.5 mt-2.5">
          {data.historyProblem}
        </Notice>
      )}
      {record ? (
        <CaseWithRecord
          record={record}
          coordinates={data.coordinates}
          history={history}
          known={data.evidence}
          blind={data.blind}
          viewer={viewer}
          features={features}
          onChanged={readAgain}
        />
      ) : (
        <div className="mx-auto grid w-full max-w-2xl flex-1 content-start gap-2 overflow-y-auto p-4">
          {data.recordProblem && (
            <Notice tone="bad" title={data.recordProblem.title}>
              {data.recordProblem.sentence}
            </Notice>
          )}
          {history?.recordChange && <RecordChangeNotice change={history.recordChange} />}
          {history && (
            <div className="rounded-lg border border-line bg-surface">
              <ReviewPanel review={history.review} />
              <KeptFiles copies={history.copies} />
              <RetentionNotice retention={history.retention} />
              <Section title="Timeline">
                {history.timeline.length === 0 && <p className="text-muted">Nothing has happened here.</p>}
                <Timeline events={history.timeline} viewerId={viewer.id} received={null} />
              </Section>
            </div>
          )}
        </div>
      )}
      {data.blind && record && (
        <QaPanel
          caseId={id}
          machineResult={record.verification.machineResult}
          onBack={() => router.push('/approvals')}
          onOutdated={readAgain}
        />
      )}
      {history?.proposal && (
        <ApprovalPanel
          key={history.proposal.decision.id}
          {...history.proposal}
          recordChanged={isChanged(history.recordChange)}
          mayAnswer={viewer.actions.includes('approve')}
          onAnswered={(sentence) => {
            setSaid(sentence);
            readAgain();
          }}
          onOutdated={readAgain}
        />
      )}
      {history && (
        <ActionBar
          caseId={id}
          machineResult={record?.verification.machineResult ?? null}
          review={history.review}
          viewer={viewer}
          hold={hold}
          onBack={back}
          onChanged={(sentence) => {
            setSaid(sentence);
            readAgain();
          }}
          onDecided={goOn}
        />
      )}
      <PagesAhead hrefs={queue.ahead} />
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}

/** The way to who opened this case. */
function ViewsLink({ id }: { id: number }) {
  return (
    <Link href={`/audit/reading?verification=${id}`} prefetch={false} className={buttonClass('quiet', true)}>
      Viewed by
    </Link>
  );
}

/**
 * Returns what a key that leads to another case does. Pressed before the way is known, or while the page already goes on, it is kept:
 * pressed twice it leads two cases on.
 */
function useFollow(isUnknown: boolean): (href: string | null | undefined) => Run | undefined {
  const router = useRouter();
  const [isLeaving, startLeaving] = useTransition();
  const leaving = useRef(false);
  useEffect(() => {
    leaving.current = isLeaving;
  }, [isLeaving]);
  // When the next page fails to load and the reviewer stays, other pages can be opened again.
  useEffect(
    () =>
      onUnreached(() => {
        if (!isUnreached()) leaving.current = false;
      }),
    [],
  );
  return (href) => {
    if (!href) return isUnknown ? () => 'soon' : undefined;
    return () => {
      if (leaving.current) return 'soon';
      leaving.current = true;
      startLeaving(() => goToCase(router, href));
    };
  };
}

/** The same while nothing is said about a feature, so that a letter typed elsewhere draws no picture anew. */
function useFeatures({ draft: { features: said }, change }: DraftHold, mayJudge: boolean): FeatureHold | null {
  return useMemo(() => {
    const judge: FeatureHold['judge'] = (feature, verdict) => change((draft) => judgeFeature(draft, feature, verdict));
    return mayJudge ? { said, judge } : null;
  }, [said, change, mayJudge]);
}
