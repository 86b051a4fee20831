import { EXPORT_FORMAT, type Manifest, manifest, type SignedHead } from '@/lib/audit/export-format';
import type { AskedExport, Extracted } from './extract';
import { visibleJson } from './visible-json';

/**
 * `manifest.json`: what lib/audit/export-format.ts states, with the export's own id, what was left out and how to go on from here. It
 * holds no moment of its own but the head's: the same extract of the same data is the same to the byte.
 */
export function manifestOf(
  { id, kind, format, query }: AskedExport,
  extracted: Extracted,
  head: SignedHead | null,
  keys: Manifest['keys'],
): string {
  const { files, counts, filter, firstSeq, lastSeq, complete, leftOut } = extracted;
  const stated = manifest.parse({
    ...{ format: EXPORT_FORMAT, kind, filter: { query, ...filter }, counts, firstSeq, lastSeq, complete, files, head, keys },
  });
  return visibleJson({ ...stated, exportId: id, as: format, leftOut, howToVerify: HOW });
}

const HOW =
  'Unpack everything into one folder and run there, with nothing but Node: node verify.mjs . --key HEX, with the public key you were given before (Audit, in the console); or, with nothing but Python, python3 verify.py . --key HEX, which was written apart from it and answers the same. It checks this manifest against its signature, every file against this manifest, the events against the chain, and the chain against every signed head.';
