import { randomOf } from './random';

/** The tag that names a demo record's scenario. */
export const DEMO_TAG = 'demo';

/** Customers of the integrator with their share of the traffic, in percent: a few large ones, a long tail. */
const CUSTOMERS: readonly [id: string, share: number][] = [
  ['9999', 21],
  ['1042', 17],
  ['2318', 13],
  ['4471', 10],
  ['3007', 9],
  ['5520', 7],
  ['6184', 6],
  ['7713', 5],
  ['8120', 4],
  ['1588', 3],
  ['2904', 3],
  ['6650', 2],
];

/** Tags as an integrator would send them: always customerId and demo, sometimes channel, country and, from the second on, attempt. */
export function tagsOf(number: number, holder: number, attempt: number): Record<string, string> {
  const random = randomOf(holder + 12_000);
  const tags: Record<string, string> = { customerId: customerOf(holder) };
  if (random.chance(0.75)) tags.channel = random.pick(['ios', 'android', 'web', 'web', 'branch']);
  if (random.chance(0.5)) tags.country = random.pick(['DE', 'FR', 'PT', 'BR', 'SE', 'JP', 'KE']);
  if (attempt > 1) tags.attempt = String(attempt);
  tags[DEMO_TAG] = String(number);
  return tags;
}

/** A person is always the same customer's: spread over the shares by a fixed stride, so that every customer has somebody. */
function customerOf(holder: number): string {
  let left = (holder * 61.8034) % 100;
  for (const [id, share] of CUSTOMERS) {
    left -= share;
    if (left < 0) return id;
  }
  return '9999';
}
