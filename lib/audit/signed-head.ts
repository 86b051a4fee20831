import { createPrivateKey, createPublicKey, hash as digest, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json';
import type { Head } from './chain';

/** Numbers of events that were signed and then lost in a restore of the database, both ends included. */
export interface LostRange {
  from: number;
  to: number;
}

/**
 * A head of the chain that was signed, so that a chain cut off or computed anew no longer leads to it. Version 1:
 *
 *     signature = Ed25519( "second-look/audit/checkpoint/v1" 00 body )
 *
 * `body` is the UTF-8 of the canonical JSON of at, hash, keyId and seq, and of `restored` where it is there; `at` is when it was signed, in
 * UTC with three decimals. `keyId` is the first 16 hex digits of the sha256 of the public key's 32 bytes. `signature` and keys are hex.
 *
 * `restored` declares a loss: the event `seq` is a `log.restored`, and heads of that range signed before `at` no longer contradict a chain that
 * leads to this one. Only the holder of the key can declare one; who owns the tables cannot.
 */
export interface Checkpoint extends Head {
  at: string;
  keyId: string;
  signature: string;
  restored?: LostRange;
}

export interface SigningKey {
  keyId: string;
  publicKey: string;
  secret: KeyObject;
}

// What a 32-byte seed and a 32-byte public key are wrapped in (RFC 8410).
const PKCS8 = '302e020100300506032b657004220420';
const SPKI = '302a300506032b6570032100';

/** The key that grows from a seed of 32 bytes in hex. */
export function signingKeyOf(seed: string): SigningKey {
  const secret = createPrivateKey({ key: Buffer.from(PKCS8 + seed, 'hex'), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  return { keyId: keyIdOf(publicKey), publicKey, secret };
}

/** The short name of a public key. */
export function keyIdOf(publicKey: string): string {
  return digest('sha256', Buffer.from(publicKey, 'hex')).slice(0, 16);
}

/** Signs a head as of `at`, with the loss it declares where there is one. */
export function signHead({ keyId, secret }: SigningKey, { seq, hash }: Head, at: Date, restored?: LostRange): Checkpoint {
  const unsigned = { seq, hash, at: at.toISOString(), keyId, ...(restored && { restored }) };
  return { ...unsigned, signature: sign(null, signedText(unsigned), secret).toString('hex') };
}

/** Returns whether this key, 32 bytes in hex, signed this head. */
export function isSignedBy(publicKey: string, head: Checkpoint): boolean {
  const { keyId, key } = publicKeyOf(publicKey);
  return keyId === head.keyId && verify(null, signedText(head), key, Buffer.from(head.signature, 'hex'));
}

/** Of the few keys there ever were; reading one takes as long as a signature does. */
const publicKeys = new Map<string, { keyId: string; key: KeyObject }>();

function publicKeyOf(publicKey: string): { keyId: string; key: KeyObject } {
  const known = publicKeys.get(publicKey);
  if (known) return known;
  const key = createPublicKey({ key: Buffer.from(SPKI + publicKey, 'hex'), format: 'der', type: 'spki' });
  const read = { keyId: keyIdOf(publicKey), key };
  publicKeys.set(publicKey, read);
  return read;
}

function signedText({ at, hash, keyId, seq, restored }: Omit<Checkpoint, 'signature'>): Buffer {
  const lost = restored && { restored: { from: restored.from, to: restored.to } };
  return Buffer.from(`second-look/audit/checkpoint/v1\0${canonicalJson({ at, hash, keyId, ...lost, seq })}`);
}

/** Signs the manifest of an export: Ed25519( "second-look/export/manifest/v1" 00 bytes ), hex. */
export function signManifest({ secret }: SigningKey, manifest: Uint8Array): string {
  return sign(null, Buffer.concat([Buffer.from('second-look/export/manifest/v1\0'), manifest]), secret).toString('hex');
}
