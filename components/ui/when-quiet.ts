/** By then a case that was fetched ahead is drawn. */
const REST_MS = 500;

/**
 * Does something once the page has had time to show what was asked for: counts and things fetched ahead are not to compete with it.
 * The function answered calls it off.
 */
export function whenQuiet(act: () => void): () => void {
  const timer = setTimeout(act, REST_MS);
  return () => clearTimeout(timer);
}
