import { fileKind } from './file-kind';
import { FILE_BYTES_MAX, type FileField } from './submission';

/** First bytes of a file that `fileProblem` wants to see. */
export const HEAD_BYTES = 16;

type Moves = 'picture' | 'video';

const BY_EXTENSION: Record<string, Moves> = {
  jpg: 'picture',
  jpeg: 'picture',
  png: 'picture',
  webp: 'picture',
  mp4: 'video',
  mov: 'video',
  webm: 'video',
};

const NAMED: Record<FileField, { subject: string; kinds: readonly Moves[]; wanted: string; accept: string }> = {
  idFile: { subject: 'The ID', kinds: ['picture'], wanted: 'a JPEG, PNG or WebP picture', accept: '.jpg,.jpeg,.png,.webp' },
  selfieFile: {
    subject: 'The selfie',
    kinds: ['picture', 'video'],
    wanted: 'a JPEG, PNG or WebP picture, or an MP4, MOV or WebM clip',
    accept: '.jpg,.jpeg,.png,.webp,.mp4,.mov,.webm',
  },
};

/** What a file dialog should offer for a field. */
export const acceptOf = (field: FileField): string => NAMED[field].accept;

/** What a field takes, as words: "a JPEG, PNG or WebP picture". */
export const wantedOf = (field: FileField): string => NAMED[field].wanted;

/** Whether a file of this name moves; by its extension, whatever that is worth. */
export const isClip = (name: string): boolean => BY_EXTENSION[extensionOf(name)] === 'video';

/**
 * Why a file cannot be submitted in a field, as one sentence, or null. Both its extension and its first bytes must be of a kind
 * the field takes, and agree on whether it moves.
 */
export function fileProblem(field: FileField, { name, size }: { name: string; size: number }, head: Uint8Array): string | null {
  const { subject, kinds, wanted } = NAMED[field];
  const kind = kindOf(head);
  if (size === 0) return `${name} is empty. Choose another file.`;
  if (kind === 'pdf' || extensionOf(name) === 'pdf')
    return `${subject} cannot be a PDF. Save the page as a picture, or take a photo of the document.`;
  if (kind === 'heic') return `${subject} cannot be a HEIC photo. Save it as JPEG first.`;
  const promised = BY_EXTENSION[extensionOf(name)];
  if (promised === undefined || !kinds.includes(promised)) return `${subject} must be ${wanted}; ${name} is not named like one.`;
  if (kind !== promised) return `${name} is not what its name says. ${subject} must be ${wanted}.`;
  if (size > FILE_BYTES_MAX) return `${name} has ${megabytes(size)} MB; a file may have ${megabytes(FILE_BYTES_MAX)} MB.`;
  return null;
}

function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

function kindOf(head: Uint8Array): Moves | 'pdf' | 'heic' | null {
  const kind = fileKind(head.subarray(0, HEAD_BYTES));
  if (kind === 'jpeg' || kind === 'png' || kind === 'webp') return 'picture';
  if (kind === 'mp4' || kind === 'mov' || kind === 'webm') return 'video';
  if (kind === 'avif') return 'heic';
  return kind === 'pdf' || kind === 'heic' ? kind : null;
}

const megabytes = (bytes: number): string => (Math.ceil(bytes / 1e5) / 10).toString();
