import type { Verification } from './verification';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Zones of the world lie up to 14 hours from UTC, in steps of a quarter of an hour. */
const ZONE_MAX_MS = 14 * HOUR_MS;
const ZONE_STEP_MS = 15 * MINUTE_MS;

const WITH_ZONE = /(Z|[+-]\d\d:?\d\d)$/;

type Times = Pick<Verification, 'receivedAt' | 'receivedIso'>;

/** Returns how far `timestampISO`, read as UTC where it names no zone, lies from `timestamp`, in milliseconds; null when one of them is missing. Pure. */
export function isoDifference({ receivedAt, receivedIso }: Times): number | null {
  if (receivedAt === null || receivedIso === null) return null;
  const iso = Date.parse(WITH_ZONE.test(receivedIso) ? receivedIso : `${receivedIso}Z`);
  return Number.isFinite(iso) ? iso - receivedAt : null;
}

/** Returns whether a difference is that of a zone: a service that writes its local time differs from UTC by its zone in every record. Pure. */
export function isZoneOffset(difference: number): boolean {
  const rest = Math.abs(difference) % ZONE_STEP_MS;
  return Math.abs(difference) <= ZONE_MAX_MS + MINUTE_MS && Math.min(rest, ZONE_STEP_MS - rest) < MINUTE_MS;
}

/**
 * Returns what the two times of these records say about the service's clock, in sentences; null without records that give both. A
 * difference of whole quarters of an hour is a zone, and normal. Pure.
 */
export function clockSentence(records: readonly Times[]): string | null {
  const both = records.flatMap((record) => {
    const difference = isoDifference(record);
    return difference === null ? [] : [{ difference, isNamed: WITH_ZONE.test(record.receivedIso ?? '') }];
  });
  if (both.length === 0) return null;
  const odd = both.filter(({ difference }) => !isZoneOffset(difference)).length;
  const local = both.filter(({ difference, isNamed }) => !isNamed && isZoneOffset(difference) && Math.abs(difference) >= MINUTE_MS);
  const sentences = [
    local.length > 0
      ? localSentence(
          local.map(({ difference }) => difference),
          both.length,
        )
      : 'timestampISO and timestamp name the same moment.',
    odd > 0 ? `In ${odd} of ${both.length} records the two differ otherwise; each of these has the finding “times disagree”.` : '',
  ];
  return sentences.filter(Boolean).join(' ');
}

function localSentence(differences: number[], of: number): string {
  const hours = [...new Set(differences.map((difference) => (Math.round(difference / ZONE_STEP_MS) * ZONE_STEP_MS) / HOUR_MS))];
  const written = hours.toSorted((a, b) => a - b).map((value) => `${value > 0 ? '+' : '−'}${Math.abs(value)} h`);
  return `timestampISO names no zone and reads ${written.join(' or ')} from UTC in ${differences.length} of the ${of} newest records. This is normal: the service writes its local time there. The console uses timestamp, so no record is marked for it.`;
}
