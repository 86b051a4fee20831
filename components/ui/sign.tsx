const PATH = {
  check: 'M20 6 9 17l-5-5',
  cross: 'M18 6 6 18M6 6l12 12',
  minus: 'M5 12h14',
  question: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M9.3 9.5a2.8 2.8 0 1 1 4 2.6c-.8.4-1.3 1-1.3 1.9M12 17.2v.01',
  warning: 'M12 4.2 2.6 20h18.8ZM12 10v4.2M12 17.2v.01',
} as const;

export type SignKind = keyof typeof PATH;

/** The sign of an outcome. Each is one path, so that a row of the grid filled with another record changes an attribute, not its elements. */
export function Sign({ kind, className }: { kind: SignKind; className: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      // Nothing of it reaches beyond its frame, and a clip around each of a hundred signs is not free.
      overflow="visible"
      className={className}
    >
      <path d={PATH[kind]} />
    </svg>
  );
}
