import { EXPORTED_FILES, type ManifestSignature, type SignedHead } from '@/lib/audit/export-format';
import { signManifest } from '@/lib/audit/signed-head';
import { signingKey } from '@/lib/audit/signing-key';
import type { AskedExport, Extracted, ExtractJob } from './extract';
import { manifestOf } from './manifest';
import { verifierFiles } from './verifier-files';
import { writeHeads } from './write-heads';
import { createZip } from './zip';

const TELL_MS = 500;

/** How far the writing is; `bytes` on the disk. */
export interface Progress {
  rows: number;
  bytes: number;
}

/** What came of it. */
export interface Archive extends Progress {
  manifestSha256: string;
}

/** Who waits for the writing: is told twice a second how far it is, and ends it by the signal. */
export interface Follower {
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}

/**
 * Writes an export to `path`, where nothing may be yet: what `extract` adds, every signed head, the verifiers, and last the manifest with its signature. Once this resolves all
 * of it is on the disk. Throws what went wrong or the signal's reason; what lies there then is good for nothing.
 */
export async function writeArchive(
  path: string,
  asked: AskedExport,
  head: SignedHead | null,
  extract: (job: ExtractJob) => Promise<Extracted>,
  { signal, onProgress }: Follower,
): Promise<Archive> {
  const zip = await createZip(path);
  let rows = 0;
  const telling = setInterval(() => onProgress({ rows, bytes: zip.size() }), TELL_MS);
  const wrote = (more: number) => {
    signal.throwIfAborted();
    rows += more;
  };
  try {
    const extracted = await extract({ head, zip, wrote });
    const heads = head && (await writeHeads(zip, head));
    for (const { name, bytes } of await verifierFiles()) await zip.add(name, [bytes]);
    const files = [...extracted.files, ...(heads ? [heads.file] : [])];
    const manifest = Buffer.from(manifestOf(asked, { ...extracted, files }, head, heads?.keys ?? []));
    const { sha256: manifestSha256 } = await zip.add(EXPORTED_FILES.manifest, [manifest]);
    const key = signingKey();
    const signature: ManifestSignature = { keyId: key.keyId, publicKey: key.publicKey, signature: signManifest(key, manifest) };
    await zip.add(EXPORTED_FILES.signature, [Buffer.from(`${JSON.stringify(signature)}\n`)]);
    await zip.end();
    return { rows, bytes: zip.size(), manifestSha256 };
  } catch (fault) {
    await zip.abandon();
    throw fault;
  } finally {
    clearInterval(telling);
  }
}
