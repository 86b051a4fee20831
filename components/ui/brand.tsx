/** The mark and the name. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap font-semibold tracking-tight">
      <svg aria-hidden="true" viewBox="0 0 22 18" className="h-[18px] w-[22px]" fill="none" strokeWidth="2.2">
        <circle cx="8" cy="8" r="6.6" className="stroke-accent" />
        <circle cx="15.4" cy="11.4" r="5" className="fill-surface stroke-text" />
      </svg>
      Second Look
    </span>
  );
}
