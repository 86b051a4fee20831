import { type EvidenceProblem, isOtherLength, UNREADABLE } from './evidence-problem';

export const EVIDENCE_STATES = ['not-checked', 'checking', 'same', 'differs', 'lost'] as const;
export type EvidenceStateName = (typeof EVIDENCE_STATES)[number];

/** A check that began this long ago and has not ended never will: its process is gone. */
export const CHECK_LASTS_MS = 10 * 60_000;

/** A time during which a file held other bytes than when it was first seen. Times in milliseconds since 1970. */
export interface OtherBytes {
  sha256: string;
  from: number;
  /** When the original bytes were seen again, null while they were not. */
  until: number | null;
  /** Who said why, after the original bytes were back; null while nobody has. */
  acknowledged: { by: string; at: number; reason: string } | null;
}

/** What is known of one evidence file. Times in milliseconds since 1970; a sha256 is hex. */
export interface EvidenceState {
  name: string;
  /** `same` means: as first seen, at `checkedAt`. Nothing is said about the time after that. */
  state: EvidenceStateName;
  /** Of the bytes that were read last, null when the file was never read to its end. */
  sha256: string | null;
  size: number | null;
  /** The first bytes ever read, when and by whom; null when there were none. */
  first: { sha256: string; at: number; by: string | null } | null;
  /** When the last reading that came to the end of the file began. */
  readAt: number | null;
  /** When the last check that found anything began; the state speaks of that moment. */
  checkedAt: number | null;
  /** Why the file is lost, of that state only. */
  problem: EvidenceProblem | null;
  others: OtherBytes[];
}

/**
 * Rows the state is computed from, oldest first. Of a file's `checks`, the newest of each result is enough, and of its `losses` the newest.
 * Checks add nothing but times, and the wording of a problem: only the other rows are bound to the audit log.
 */
export interface EvidenceRows {
  hashes: readonly { id: bigint; name: string; sha256: string; size: bigint; seenAt: Date; byName: string | null }[];
  checks: readonly { id: bigint; name: string; result: string; problem: string | null; at: Date }[];
  losses: readonly { name: string; lost: boolean; problem: string | null }[];
  acknowledgements: readonly { name: string; upTo: bigint; reason: string; byName: string; at: Date }[];
}

/** Returns the state of each of these files, in the order of the names; a name of which nothing is known is `not-checked`. Pure. */
export function evidenceStates(names: readonly string[], rows: EvidenceRows, now: number): EvidenceState[] {
  const [hashes, checks] = [byName(rows.hashes), byName(rows.checks)];
  const [losses, acknowledgements] = [byName(rows.losses), byName(rows.acknowledgements)];
  return names.map((name) => {
    const seen = hashes.get(name) ?? [];
    const [first, newest] = [seen[0], seen.at(-1)];
    const { open, ended } = lastChecks(checks.get(name) ?? []);
    const checkedAt = ended?.at.getTime() ?? newest?.seenAt.getTime() ?? null;
    const loss = losses.get(name)?.at(-1);
    const lost = loss?.lost ? problemOf(loss.problem, ended) : null;
    return {
      name,
      state: stateOf(),
      sha256: newest?.sha256 ?? null,
      size: newest ? Number(newest.size) : null,
      first: first ? { sha256: first.sha256, at: first.seenAt.getTime(), by: first.byName } : null,
      readAt: lastRead(checks.get(name) ?? []) ?? newest?.seenAt.getTime() ?? null,
      checkedAt,
      problem: lost,
      others: otherBytes(seen, acknowledgements.get(name) ?? []),
    };

    // Bad news stands until it is disproved; good news ends with the next check that begins.
    function stateOf(): EvidenceStateName {
      if (lost !== null) return 'lost';
      if (first && newest && newest.sha256 !== first.sha256) return 'differs';
      if (open?.result === 'begun' && now - open.at.getTime() < CHECK_LASTS_MS) return 'checking';
      return open || !newest ? 'not-checked' : 'same';
    }
  });
}

/** Returns the times a file held other bytes that nobody has acknowledged yet. Pure. */
export function unacknowledged({ others }: Pick<EvidenceState, 'others'>): OtherBytes[] {
  return others.filter(({ acknowledged }) => acknowledged === null);
}

/** Returns true when a difference can be acknowledged: the original bytes were the last that were read, and something is open. Pure. */
export function canAcknowledge(state: EvidenceState): boolean {
  return state.state === 'same' && unacknowledged(state).length > 0;
}

type Check = EvidenceRows['checks'][number];

/** Results that say something about a file. */
const TELLING: readonly string[] = ['seen', 'foreign', 'lost'];

function lastChecks(checks: readonly Check[]): { open: Check | null; ended: Check | null } {
  const newest = checks.at(-1) ?? null;
  const isTelling = ({ result }: Check) => TELLING.includes(result);
  return { open: newest && !isTelling(newest) ? newest : null, ended: checks.findLast(isTelling) ?? null };
}

const lastRead = (checks: readonly Check[]) => checks.findLast(({ result }) => result === 'seen')?.at.getTime() ?? null;

// A later check may have failed for another reason of the same kind, which is no news to the log.
function problemOf(problem: EvidenceProblem | null, ended: Check | null): EvidenceProblem {
  const said = problem ?? UNREADABLE;
  const later = ended && ended.result !== 'seen' ? ended.problem : null;
  return later !== null && isOtherLength(later) === isOtherLength(said) ? later : said;
}

function otherBytes(seen: EvidenceRows['hashes'], acknowledgements: EvidenceRows['acknowledgements']): OtherBytes[] {
  const [original] = seen;
  const others: (OtherBytes & { id: bigint })[] = [];
  for (const row of seen) {
    const at = row.seenAt.getTime();
    const open = others.at(-1);
    if (open && open.until === null) open.until = at;
    if (row.sha256 !== original?.sha256) others.push({ id: row.id, sha256: row.sha256, from: at, until: null, acknowledged: null });
  }
  return others.map(({ id, ...other }) => {
    const covering = acknowledgements.find(({ upTo }) => upTo >= id);
    return covering ? { ...other, acknowledged: { by: covering.byName, at: covering.at.getTime(), reason: covering.reason } } : other;
  });
}

function byName<Row extends { name: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const known = found.get(row.name);
    if (known) known.push(row);
    else found.set(row.name, [row]);
  }
  return found;
}
