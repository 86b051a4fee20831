import type { Outcome } from '@/lib/domain/verification';
import { Pill, type Tone } from './pill';

const TONE: Record<Outcome, Tone> = { pass: 'ok', fail: 'bad', unknown: 'unknown' };

/** The outcome of one technical check. */
export function OutcomePill({ outcome }: { outcome: Outcome }) {
  return <Pill tone={TONE[outcome]}>{outcome}</Pill>;
}
