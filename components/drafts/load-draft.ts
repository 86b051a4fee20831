import { whenQuiet } from '../ui/when-quiet';
import { readDraftText } from './draft-store';
import { openDrafts } from './open-drafts';

const RETRY_MS = 3500;

/**
 * Calls `found` with the kept draft, or null, as soon as it can be opened; a server that cannot be reached is asked again. The
 * key is fetched beforehand for what will be typed. Returns the function that gives up.
 */
export function loadDraft(name: string | null, found: (text: string | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gone = false;
  const attempt = () => {
    readDraftText(name)
      .then((text) => !gone && found(text))
      .catch(() => {
        if (!gone) timer = setTimeout(attempt, RETRY_MS);
      });
  };
  attempt();
  const forget = whenQuiet(() => void openDrafts().catch(() => undefined));
  return () => {
    gone = true;
    clearTimeout(timer);
    forget();
  };
}
