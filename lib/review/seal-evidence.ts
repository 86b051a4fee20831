import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Encrypted bytes with what it takes, besides the key, to open them. */
export interface Sealed {
  nonce: Uint8Array<ArrayBuffer>;
  tag: Uint8Array<ArrayBuffer>;
  sealed: Uint8Array<ArrayBuffer>;
}

/** What the bytes belong to; bound in, so that a copy cannot be passed off as another file's. */
export interface SealedName {
  name: string;
  /** Hex, of the plain bytes. */
  sha256: string;
}

/** Encrypts a file with AES-256-GCM. `key` is 32 bytes. */
export function sealEvidence(bytes: Uint8Array, about: SealedName, key: Uint8Array): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(about));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return { nonce: new Uint8Array(nonce), tag: new Uint8Array(cipher.getAuthTag()), sealed: new Uint8Array(sealed) };
}

/** The plain bytes again. Throws an Error when key, name or bytes are not those it was sealed with. */
export function openEvidence({ nonce, tag, sealed }: Sealed, about: SealedName, key: Uint8Array): Uint8Array<ArrayBuffer> {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(about)).setAuthTag(tag);
  const bytes = Buffer.concat([decipher.update(sealed), decipher.final()]);
  if (createHash('sha256').update(bytes).digest('hex') !== about.sha256)
    throw new Error(`The copy of ${about.name} is not what was sealed.`);
  return new Uint8Array(bytes);
}

const boundTo = ({ name, sha256 }: SealedName) => Buffer.from(`second-look/evidence/v1\0${name}\0${sha256}`);
