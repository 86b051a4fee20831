import type { Verification } from '@/lib/domain/verification';

/** A record as it came, as it is understood here, and its fingerprint. */
export interface WholeRecord {
  verification: Verification;
  /** Its JSON in UTF-8, without line breaks. */
  raw: Uint8Array;
  /** Hex sha256, see `snapshotHash`. */
  snapshotHash: string;
}
