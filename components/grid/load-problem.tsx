import type { LoadFailure } from './load-failure';

/** Why something could not be loaded: the sentence, and the number under which the server's log knows it. */
export function LoadProblem({ failure }: { failure: LoadFailure }) {
  return (
    <>
      <p>{failure.message}</p>
      {failure.requestId && (
        <p className="mt-0.5 text-xs">
          Request <code className="break-all font-mono">{failure.requestId}</code>
        </p>
      )}
    </>
  );
}
