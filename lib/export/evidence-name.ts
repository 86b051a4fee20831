import { type FileKind, fileKind, KIND_BYTES } from '@/lib/domain/file-kind';
import type { EvidenceCategory } from '@/lib/domain/verification';

/** Kinds that can be opened as they are. Everything else, web pages and drawings with scripts included, is unpacked as plain bytes. */
const EXTENSION: Partial<Record<FileKind, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  bmp: 'bmp',
  avif: 'avif',
  heic: 'heic',
  tiff: 'tiff',
  mp4: 'mp4',
  mov: 'mov',
  webm: 'webm',
  pdf: 'pdf',
};

const SIDE_NAME: Record<EvidenceCategory, string> = { id: 'id', face: 'selfie' };

/** The name of an evidence file in a pack: its side, its number from the second file of that side on, and what its bytes are. Pure. */
export function evidenceName(category: EvidenceCategory, number: number, bytes: Uint8Array): string {
  return `${sideName(category, number)}.${EXTENSION[fileKind(bytes.subarray(0, KIND_BYTES))] ?? 'bin'}`;
}

/** The name of the picture with the faces of that file drawn in. Pure. */
export function overlayName(category: EvidenceCategory, number: number): string {
  return `overlay-${sideName(category, number)}.jpg`;
}

const sideName = (category: EvidenceCategory, number: number) => (number === 1 ? SIDE_NAME[category] : `${SIDE_NAME[category]}-${number}`);
