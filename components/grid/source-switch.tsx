import { Button } from '../ui/button';
import type { GridState } from './grid-url';
import { fromIndex, fromUpstream } from './switch-source';

/** Leads to the same rows from the other source. Where the upstream cannot filter like this it says so instead. */
export function SourceSwitch({ state, onShow }: { state: GridState; onShow: (state: GridState) => void }) {
  if (state.source === 'live') {
    return (
      <Button
        small
        variant="quiet"
        onClick={() => onShow(fromIndex(state))}
        title="Show these rows from the index: every filter, endless scrolling"
      >
        Use the index
      </Button>
    );
  }
  const live = fromUpstream(state);
  return (
    <Button
      small
      variant="quiet"
      aria-disabled={live === null}
      onClick={() => live && onShow(live)}
      title={
        live
          ? 'Ask the verification API itself, page by page'
          : 'The verification API itself filters by a single tag of plain text and nothing else. Remove the other filters to ask it.'
      }
      className="aria-disabled:cursor-not-allowed aria-disabled:opacity-60"
    >
      Ask live
    </Button>
  );
}
