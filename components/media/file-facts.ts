import { type FileKind, fileKind, KIND_BYTES } from '@/lib/domain/file-kind';
import type { Size } from '@/lib/domain/geometry';
import { declaredSize } from '@/lib/picture/declared-size';
import { type FileOrientation, fileOrientation } from '@/lib/picture/file-orientation';
import { type CameraFacts, cameraFacts } from './camera-facts';
import { isCutOff } from './is-cut-off';
import { sha256Hex } from './sha256';

/** What a file says about itself, whatever the record says about it. */
export interface FileFacts {
  kind: FileKind;
  /** Media type it was delivered with, or by which the record calls it; empty for none. */
  claimedType: string;
  bytes: number;
  /** Of all bytes, hex: of what is shown, whatever anybody says about it. */
  sha256: string;
  /** Stored pixels, before any EXIF turn; null when it does not say. */
  size: Size | null;
  /** How its pixels are turned to be upright. */
  turned: FileOrientation;
  /** It ends before it should. */
  cutOff: boolean;
  camera: CameraFacts | null;
  /** When the copy was kept that this is, ISO 8601; null or absent for the file itself. */
  keptAt?: string | null;
}

const WITH_EXIF: readonly FileKind[] = ['jpeg', 'png', 'heic', 'tiff', 'avif', 'webp'];

/** Looks into a file without decoding it. `claimedType` is what others say it is. */
export async function fileFacts(blob: Blob, claimedType: string): Promise<FileFacts> {
  const buffer = await blob.arrayBuffer();
  const bytes = new Uint8Array(buffer);
  const kind = fileKind(bytes.subarray(0, KIND_BYTES));
  const camera = WITH_EXIF.includes(kind) ? await cameraFacts(buffer) : null;
  const sha256 = await sha256Hex(buffer);
  const turned = fileOrientation(bytes);
  return { kind, claimedType, bytes: bytes.length, sha256, size: declaredSize(kind, bytes), turned, cutOff: isCutOff(kind, bytes), camera };
}
