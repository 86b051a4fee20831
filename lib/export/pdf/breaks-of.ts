import LineBreaker from 'linebreak';

/** Scripts that write words without spaces between them, and whose letters may not be parted at will. */
const WITHOUT_SPACES = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/;
const words = new Intl.Segmenter('th', { granularity: 'word' });

/** Returns the places in a text where a line may end (UAX 14), in Thai, Lao, Burmese and Khmer between words. Pure. */
export function breaksOf(text: string): ReadonlySet<number> {
  const places = new Set<number>();
  const breaker = new LineBreaker(text);
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) places.add(next.position);
  if (!WITHOUT_SPACES.test(text)) return places;
  for (const { segment, index } of words.segment(text)) if (WITHOUT_SPACES.test(segment)) places.add(index);
  return places;
}
