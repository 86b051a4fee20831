import { readPublicKeys } from './checkpoint-files';
import { signingKey } from './signing-key';

export interface AuditKey {
  keyId: string;
  /** 32 bytes, hex. */
  publicKey: string;
  /** Whether heads are signed with it now. */
  current: boolean;
}

/** Every Ed25519 key that signed heads of the log, the one in use first. An auditor writes them down once and compares later. */
export function auditKeys(): AuditKey[] {
  const { keyId, publicKey } = signingKey();
  const earlier = [...readPublicKeys()].filter(([known]) => known !== keyId);
  return [{ keyId, publicKey, current: true }, ...earlier.map(([id, key]) => ({ keyId: id, publicKey: key, current: false }))];
}
