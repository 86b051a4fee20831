import Link from 'next/link';

/**
 * Has the pages of the cases that come next fetched whole. A link that is on the screen is what the router keeps fetched, also
 * after a refresh threw everything away; nobody sees, hears or reaches these.
 */
export function PagesAhead({ hrefs }: { hrefs: readonly string[] }) {
  return (
    <span aria-hidden="true" className="sr-only">
      {hrefs.map((href) => (
        <Link key={href} href={href} prefetch tabIndex={-1} />
      ))}
    </span>
  );
}
