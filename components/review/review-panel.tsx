import { comparisonSeenText } from '@/lib/domain/comparison-view';
import type { Decision } from '@/lib/domain/decision';
import { type DecisionView, pictureSeenText } from '@/lib/domain/decision-view';
import { uncheckedText } from '@/lib/domain/evidence-shown';
import { featureSentence } from '@/lib/domain/feature-checklist';
import { REASON_CODES } from '@/lib/domain/reason-codes';
import type { Note, Review } from '@/lib/domain/review';
import { visibleLines } from '@/lib/domain/visible-text';
import { DecisionPill } from '../ui/decision-pill';
import { LocalTime } from '../ui/local-time';
import { Section } from './section';

/** What people decided and noted, newest first. A superseded decision stays readable. */
export function ReviewPanel({ review: { decisions, notes } }: { review: Review }) {
  const newest = decisions.toSorted((a, b) => b.version - a.version);
  return (
    <>
      {newest.length > 0 && (
        <Section title="Decisions" aside={<span>{newest.length}</span>}>
          <ol className="grid gap-2.5">
            {newest.map((decision, index) => (
              <DecisionEntry key={decision.id} decision={decision} superseded={index > 0} />
            ))}
          </ol>
        </Section>
      )}
      {notes.length > 0 && (
        <Section title="Notes" aside={<span>{notes.length}</span>}>
          <ol className="grid gap-2.5">
            {notes
              .toSorted((a, b) => b.createdAt - a.createdAt)
              .map((note) => (
                <NoteEntry key={note.id} note={note} />
              ))}
          </ol>
        </Section>
      )}
    </>
  );
}

/** One decision with its reasons and rationale; also shown to whoever decided on an older version. */
export function DecisionEntry({ decision, superseded }: { decision: Decision; superseded: boolean }) {
  const unchecked = uncheckedText(decision).replace('; ', '');
  return (
    <li className="grid justify-items-start gap-0.5">
      <div className="flex w-full flex-wrap items-center gap-x-2">
        <DecisionPill outcome={decision.outcome} isOverride={decision.isOverride} />
        {superseded && <span className="text-faint text-xs">superseded</span>}
        <span className="ml-auto text-faint text-xs">
          {decision.proposerName}, <LocalTime at={decision.decidedAt} />
        </span>
      </div>
      {decision.reasonCodes.length > 0 && (
        <p className="text-xs">
          {decision.reasonCodes.map((code, index) => (
            <span key={code} title={REASON_CODES[code].guideline}>
              {index > 0 && ', '}
              {REASON_CODES[code].label}
            </span>
          ))}
        </p>
      )}
      {decision.features && <p className="text-xs">Compared: {featureSentence(decision.features)}</p>}
      {unchecked && <p className="font-medium text-xs text-bad">Decided {unchecked}</p>}
      {decision.rationale && <p className="whitespace-pre-wrap text-muted [overflow-wrap:anywhere]">{visibleLines(decision.rationale)}</p>}
      {decision.view && <ViewEntry view={decision.view} />}
    </li>
  );
}

function ViewEntry({ view }: { view: DecisionView }) {
  const seen = [view.id && `ID ${pictureSeenText(view.id)}`, view.face && `selfie ${pictureSeenText(view.face)}`].filter(
    (text) => text !== null,
  );
  if (seen.length === 0) return null;
  return (
    <p className="text-faint text-xs">
      Looked at: {seen.join('; ')}
      {view.paired && '; moved together'}
      {!view.boxes && '; boxes off'}
      {!view.landmarks && '; landmarks off'}
      {view.comparison && `; laid together: ${comparisonSeenText(view.comparison)}`}
    </p>
  );
}

function NoteEntry({ note }: { note: Note }) {
  return (
    <li>
      <p className="flex justify-between gap-2 text-faint text-xs">
        <span>{note.authorName}</span>
        <LocalTime at={note.createdAt} />
      </p>
      <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{visibleLines(note.text)}</p>
    </li>
  );
}
