import type { EvidenceState, EvidenceStateName } from '@/lib/domain/evidence-state';
import { formatTime } from '../ui/format-time';
import { Pill, type Tone } from '../ui/pill';
import { useTimeZone } from '../ui/time-zone';

const LOOK: Record<EvidenceStateName, { tone: Tone; word: string }> = {
  'not-checked': { tone: 'unknown', word: 'not yet checked' },
  checking: { tone: 'unknown', word: 'checking' },
  same: { tone: 'ok', word: 'same as first seen' },
  differs: { tone: 'bad', word: 'differs' },
  lost: { tone: 'bad', word: 'lost' },
};

/** The state of a file in a word; when and by whom it was first seen on hover. */
export function StatePill({ state }: { state: Pick<EvidenceState, 'state' | 'first' | 'readAt'> }) {
  const { tone, word } = LOOK[state.state];
  return (
    <Pill tone={tone} title={hint(state, useTimeZone())}>
      {word}
    </Pill>
  );
}

function hint({ first, readAt }: Pick<EvidenceState, 'first' | 'readAt'>, zone: string): string {
  if (!first) return 'Never read to its end.';
  const by = first.by === null ? '' : ` by ${first.by}`;
  const time = (at: number) => formatTime(at, 'full', zone);
  return `First seen ${time(first.at)}${by}; last read ${readAt === null ? 'never' : time(readAt)}.`;
}
