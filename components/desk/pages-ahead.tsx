import Link from 'next/link';

/**
 * Has the pages of the cases that come next fetched whole. A link that is on the screen is what the router keeps fetched, also
 * after a refresh threw everything away. These are a pixel each; nobody sees, hears or reaches them.
 */
export function PagesAhead({ hrefs }: { hrefs: readonly string[] }) {
  return (
    <span aria-hidden="true" className="pointer-events-none fixed bottom-0 left-0 flex opacity-0">
      {hrefs.map((href) => (
        <Link key={href} href={href} prefetch tabIndex={-1} className="block size-px" />
      ))}
    </span>
  );
}
