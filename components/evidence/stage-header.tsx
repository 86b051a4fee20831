import type { EvidenceState } from '@/lib/domain/evidence-state';
import { formatBytes } from '../ui/format-bytes';
import type { PictureViewStore } from './picture-view-store';
import { StatePill } from './state-pill';
import type { Coordinates } from './use-coordinates';
import type { Evidence, EvidenceSide } from './use-evidence';
import { useViewPart } from './use-picture-view';

/** What is shown: side, file, size in pixels and bytes, type, what is wrong with the file, how its coordinates are taken, zoom. */
export function StageHeader({ side, state, evidence }: { side: EvidenceSide; state: EvidenceState | null; evidence: Evidence }) {
  const { title, file, picture, view, coordinates, toggleSpace } = side;
  const ready = picture.status === 'ready' ? picture : null;
  const type = ready?.type || file?.contentType;
  const facts = [
    ready && `${ready.size.width} × ${ready.size.height}`,
    formatBytes(ready?.bytes ?? file?.size ?? null),
    type?.replace(/^(image|video)\//, ''),
  ];
  return (
    <header className="flex min-w-0 items-center gap-2 border-line border-b px-2.5">
      <h2 className="shrink-0 font-semibold">{title}</h2>
      <span className="min-w-0 truncate text-muted" title={file?.fileName}>
        {file?.fileName || 'no file named'}
      </span>
      <span className="shrink-0 whitespace-nowrap text-faint text-xs tabular-nums max-sm:hidden">{facts.filter(Boolean).join(' · ')}</span>
      <span className="ml-auto flex shrink-0 items-center gap-2">
        {state && state.state !== 'same' && <StatePill state={state} />}
        {evidence.paired && <span className={BADGE}>paired</span>}
        {coordinates && ready?.frameTimeMs === undefined && <ExifBadge coordinates={coordinates} toggle={toggleSpace} />}
        <Zoom view={view} />
      </span>
    </header>
  );
}

const BADGE = 'whitespace-nowrap rounded-full bg-raised px-2 py-px text-muted text-xs ring-1 ring-line ring-inset';

// With one way to take them there is nothing to press.
function ExifBadge({
  coordinates: { orientation, space, reason, byHand, isGuess },
  toggle,
}: {
  coordinates: Coordinates;
  toggle: () => void;
}) {
  const text = `EXIF ${orientation}, as ${space}${byHand ? ' by hand' : isGuess && orientation !== 1 ? ', a guess' : ''}`;
  if (orientation === 1)
    return (
      <span className={`${BADGE} max-sm:hidden`} title={reason}>
        {text}
      </span>
    );
  return (
    <button
      type="button"
      onClick={toggle}
      aria-keyshortcuts="U"
      aria-description={reason}
      title={`Coordinates are taken as ${space}. ${reason} Press U for the other way.`}
      className={`${BADGE} hover:text-text ${byHand || isGuess ? 'font-medium text-warn' : ''}`}
    >
      {text}
    </button>
  );
}

function Zoom({ view: store }: { view: PictureViewStore }) {
  // Of the pixels of the screen: 100 % shows each of the picture's own.
  const percent = useViewPart(store, ({ view, ratio }) => view && Math.round(view.scale * ratio * 100));
  if (percent === null) return null;
  return (
    <span className="text-faint tabular-nums text-xs">
      <span className="sr-only">Zoom </span>
      {percent}%
    </span>
  );
}
