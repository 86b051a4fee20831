import { type EvidenceProblem, kindProblem, lengthProblem } from './evidence-problem';
import { type FileKind, fileKind, KIND_FACTS } from './file-kind';

/** What a record says about one of its files. */
export interface FileClaim {
  name: string;
  /** The case the file belongs to, null when nobody can say. */
  verificationId: number | null;
  /** Whether a record that names the file was at hand. Without one nothing can be held against any bytes, and pages never count. */
  isKnown: boolean;
  /** Bytes, null when the record does not state them. */
  size: number | null;
  contentType: string | null;
}

const STILLS: readonly FileKind[] = ['jpeg', 'png', 'webp', 'gif', 'bmp', 'avif', 'heic', 'tiff', 'pdf'];
const CLIPS: readonly FileKind[] = ['mp4', 'mov', 'webm'];
/** Kinds a gateway or a script answers with; never evidence unless the record names exactly them. */
const PAGES: readonly FileKind[] = ['html', 'xml', 'svg', 'text', 'empty'];
const ANY_BYTES = new Set(['', 'application/octet-stream', 'binary/octet-stream']);

/**
 * Returns why bytes that begin with `head` cannot be the claimed file, or null. Stills count as one class, and so do clips: senders
 * name a PNG `.jpg`, which is said beside the picture. A page in place of a picture is a fault of the service. Pure.
 */
export function headProblem({ contentType }: Pick<FileClaim, 'contentType'>, head: Uint8Array): EvidenceProblem | null {
  const kind = fileKind(head);
  const claimed = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (claimed !== '' && KIND_FACTS[kind].mediaType === claimed) return null;
  return fits(kind, claimed) ? null : kindProblem(kind);
}

/** Returns why a file of so many bytes cannot be the claimed one, or null; also null when the record states no size. Pure. */
export function sizeProblem({ size }: Pick<FileClaim, 'size'>, bytes: number): EvidenceProblem | null {
  return size === null || size === bytes ? null : lengthProblem(bytes, size);
}

function fits(kind: FileKind, claimed: string): boolean {
  if (ANY_BYTES.has(claimed)) return !PAGES.includes(kind);
  if (claimed.startsWith('video/')) return CLIPS.includes(kind);
  if (claimed.startsWith('image/') || claimed === 'application/pdf') return STILLS.includes(kind);
  // A type that is not known here, e.g. `application/zip; v=2`: what it should look like cannot be judged, pages still can.
  return !PAGES.includes(kind);
}
