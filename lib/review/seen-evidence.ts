/** An evidence file as it was last seen whole. */
export interface SeenEvidence {
  name: string;
  /** Hex. */
  sha256: string;
  /** Bytes. */
  size: number;
  /** Whether it was ever seen with other bytes: evidence must not change under a decision. */
  changed: boolean;
  /** When these bytes were first seen in place of any others, milliseconds since 1970. */
  firstSeenAt: number;
}

/** The files of these names that were ever seen whole, in the order of the names, from the rows that tell of them, oldest first. Pure. */
export function seenEvidence(
  names: readonly string[],
  rows: readonly { name: string; sha256: string; size: bigint; seenAt: Date }[],
): SeenEvidence[] {
  const byName = new Map<string, (typeof rows)[number][]>();
  for (const row of rows) byName.set(row.name, [...(byName.get(row.name) ?? []), row]);
  return names.flatMap((name) => {
    const seen = byName.get(name) ?? [];
    const latest = seen.at(-1);
    if (!latest) return [];
    const since = seen.findLastIndex((row) => row.sha256 !== latest.sha256) + 1;
    const firstSeenAt = (seen[since] ?? latest).seenAt.getTime();
    return [{ name, sha256: latest.sha256, size: Number(latest.size), changed: since > 0, firstSeenAt }];
  });
}
