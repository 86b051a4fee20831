import { memo } from 'react';
import { cautionsOf } from '@/lib/picture/comparison-caution';
import { alignmentNote } from './comparable-faces';
import { cropFacts } from './crop-measures';
import type { Comparison } from './use-comparison';

/** More faces that cannot be compared than this wait behind their number. */
const LISTED_MAX = 2;

/** What makes the comparison poor, how the faces were laid if not by their eyes, and which cannot be compared. */
export function CompareNotes({ comparison: { id, face, quality, moved } }: { comparison: Comparison }) {
  const crops = (['id', 'face'] as const).flatMap((category) => {
    const { chosen } = category === 'id' ? id : face;
    return chosen ? [cropFacts(chosen, quality[category])] : [];
  });
  const notes = [
    moved && `The selfie face was moved by hand: ${signed(moved.x)} across and ${signed(moved.y)} down, in distances of the eyes.`,
    ...[id, face].flatMap(({ chosen, note }) => [chosen && alignmentNote(chosen), note]),
  ].filter((note) => note !== null);
  return (
    <div className="grid gap-0.5 pt-1 text-xs">
      {cautionsOf(crops).map((caution) => (
        <p key={caution} className="text-warn">
          {caution}
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} className="text-muted">
          {note}
        </p>
      ))}
      <Others lines={id.others} of="the ID" />
      <Others lines={face.others} of="the selfie" />
    </div>
  );
}

// A hostile record may list a thousand of them.
const Others = memo(function Others({ lines, of }: { lines: string[]; of: string }) {
  const list = lines.map((line) => (
    <p key={line} className="text-muted">
      {line}
    </p>
  ));
  if (lines.length <= LISTED_MAX) return <>{list}</>;
  return (
    <details>
      <summary className="w-fit cursor-pointer text-muted hover:text-text">
        {lines.length} faces of {of} cannot be compared
      </summary>
      {list}
    </details>
  );
});

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
