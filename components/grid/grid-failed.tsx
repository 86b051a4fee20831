import { Unplug } from 'lucide-react';
import { FailureAction } from './failure-action';
import { GridMessage } from './grid-message';
import type { LoadFailure } from './load-failure';
import { LoadProblem } from './load-problem';

/** Nothing could be loaded. Never to be taken for an empty list. */
export function GridFailed({ failure, onRetry, busy }: { failure: LoadFailure; onRetry: () => void; busy: boolean }) {
  return (
    <GridMessage role="alert" icon={Unplug} title="The list could not be loaded" action={<FailureAction onRetry={onRetry} busy={busy} />}>
      <LoadProblem failure={failure} />
    </GridMessage>
  );
}
