import { Refusal } from '@/lib/domain/refusal';
import type { Verification } from '@/lib/domain/verification';
import { type WireRecord, wireRecord } from '@/lib/wire/record';
import { adaptChecks } from './adapt-check';
import { adaptFaceCount, adaptFaces } from './adapt-faces';
import { adaptFiles } from './adapt-files';
import { adaptTags } from './adapt-tags';
import { checkEntries } from './check-kind';
import { finite, member, size, text } from './read-value';

/** From here on a number is milliseconds: as seconds it would lie beyond the year 33000. */
const MILLISECONDS_FROM = 1e12;
const TIME_MAX = 8.64e15;

/**
 * Wire to domain, for server and browser alike. Only the id must be right; whatever else is missing, null, of another
 * shape or contradictory is carried as far as it can be understood. `verified` counts only when it is `true` itself.
 * Throws a Refusal `upstream-unreadable` for something that is no record.
 */
export function adaptVerification(record: unknown): Verification {
  const parsed = wireRecord.safeParse(record);
  if (!parsed.success) throw new Refusal('upstream-unreadable', 'The verification service sent a record that cannot be read.');
  return adaptRecord(parsed.data);
}

/** The same from a record whose shape was checked already. */
export function adaptRecord(wire: WireRecord): Verification {
  const checks = checkEntries(member(wire.modelResults, 'technicalChecks'));
  return {
    id: wire.verificationId,
    machineResult: wire.verified === true ? 'VERIFIED' : 'NOT_VERIFIED',
    receivedAt: receivedAt(wire.timestamp),
    receivedIso: typeof wire.timestampISO === 'string' ? wire.timestampISO : null,
    model: text(wire.model),
    modelVersion: text(wire.modelVersion) || null,
    idFileName: text(wire.idFileName),
    idFileSize: size(wire.idFileSize),
    idFileType: text(wire.idFileType),
    selfieFileName: text(wire.selfieFileName),
    selfieFileSize: size(wire.selfieFileSize),
    selfieFileType: text(wire.selfieFileType),
    checks: adaptChecks(checks),
    faces: adaptFaces(checks),
    faceCount: adaptFaceCount(checks),
    tags: adaptTags(wire.tags),
    files: adaptFiles(wire.files),
  };
}

function receivedAt(timestamp: unknown): number | null {
  const given = typeof timestamp === 'string' && /^\d+(\.\d+)?$/.test(timestamp) ? Number(timestamp) : finite(timestamp);
  if (given === null) return null;
  const milliseconds = Math.round(given >= MILLISECONDS_FROM ? given : given * 1000);
  return Math.abs(milliseconds) <= TIME_MAX ? milliseconds : null;
}
