import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const stored = z.record(z.string(), z.string());

/**
 * A secret kept in `<dataDir>/secrets.json` (mode 0600): the kept one, or `make()` stored under this name first.
 * Throws an Error with one sentence when the file is not readable as JSON.
 */
export function keepSecret(dataDir: string, name: string, make: () => string = randomSecret): string {
  const kept = readSecrets(dataDir);
  const value = kept[name];
  if (value !== undefined) return value;
  const made = make();
  writeSecrets(dataDir, { ...kept, [name]: made });
  return made;
}

/** All kept secrets by name; empty before the first one. */
export function readSecrets(dataDir: string): Record<string, string> {
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) return {};
  const text = readFileSync(file, 'utf8');
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} is not readable as JSON; put its last good copy back, it holds the keys of this installation.`);
  }
}

/** 256 random bits in the alphabet of URLs. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

// The first file is linked, not renamed, into place: of two processes that start at once, one must not replace the other's keys.
function writeSecrets(dataDir: string, secrets: Record<string, string>): void {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'secrets.json');
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  chmodSync(draft, 0o600);
  if (existsSync(file)) {
    renameSync(draft, file);
    return;
  }
  try {
    linkSync(draft, file);
  } finally {
    unlinkSync(draft);
  }
}
