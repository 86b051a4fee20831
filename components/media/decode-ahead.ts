import { KIND_FACTS } from '@/lib/domain/file-kind';
import { forgetEvidence, peekEvidence } from '../evidence/evidence-memory';
import { decodeKnown, factsOf } from './look-into';
import type { ReadyPicture } from './picture-state';

/** A picture of more pixels is decoded when it is looked at: four bytes each, they are all kept. */
const PIXELS_MAX = 16_000_000;
/** Both pictures of one case. */
const DECODED_MAX = 2;

interface Decoding {
  picture: Promise<ReadyPicture | null>;
  /** Null until it is decoded. */
  ready: ReadyPicture | null;
}

const decoded = new Map<string, Decoding>();

/** Decodes a picture that was fetched ahead, so that it is drawn at once when its case is opened. Any other file is left as it is. */
export function decodeAhead(name: string, recordType: string | null): void {
  if (decoded.has(name)) return;
  const picture = decode(name, recordType).catch(() => null);
  const decoding: Decoding = { picture, ready: null };
  decoded.set(name, decoding);
  void picture.then((ready) => {
    decoding.ready = ready;
  });
  for (const oldest of decoded.keys()) {
    if (decoded.size <= DECODED_MAX) break;
    void takeDecoded(oldest).then((picture) => picture?.close());
  }
}

/** The picture that is decoded already; it stays, and belongs to whoever takes it. Null when there is none. */
export function peekDecoded(name: string): ReadyPicture | null {
  return decoded.get(name)?.ready ?? null;
}

/** The picture that was decoded ahead, handed out once: whoever takes it closes it. Null when there is none. */
export async function takeDecoded(name: string): Promise<ReadyPicture | null> {
  const decoding = decoded.get(name);
  decoded.delete(name);
  const ready = (await decoding?.picture) ?? null;
  if (ready) forgetEvidence(name);
  return ready;
}

async function decode(name: string, recordType: string | null): Promise<ReadyPicture | null> {
  const fetched = await peekEvidence(name);
  if (!fetched?.blob) return null;
  const { blob, type, keptAt } = fetched;
  const about = await factsOf({ blob, type, recordType, keptAt });
  const { size } = about;
  if (KIND_FACTS[about.kind].shown !== 'picture' || !size || size.width * size.height > PIXELS_MAX) return null;
  return decodeKnown(blob, about, new AbortController().signal);
}
