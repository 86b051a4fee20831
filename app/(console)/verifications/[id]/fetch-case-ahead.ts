import { fetchEvidenceAhead } from '@/components/evidence/evidence-memory';
import { decodeAhead } from '@/components/media/decode-ahead';
import { adaptVerification } from '@/lib/upstream/adapt';
import { member } from '@/lib/upstream/read-value';
import { ask } from '../ask';

const PATIENCE_MS = 10_000;
const asked = new Map<number, Promise<Picture[]>>();

interface Picture {
  name: string;
  contentType: string | null;
}

/**
 * Fetches the pictures of a case that comes next into this tab's memory, once, and ends when they came or could not; those of the
 * very next case are decoded as well. Whatever fails is fetched again when it is looked at.
 */
export async function fetchCaseAhead(id: number, isNext: boolean): Promise<void> {
  const underway = asked.get(id) ?? fetchPictures(id);
  asked.set(id, underway);
  const pictures = await underway;
  if (isNext) for (const { name, contentType } of pictures) decodeAhead(name, contentType);
}

async function fetchPictures(id: number): Promise<Picture[]> {
  try {
    const body = await ask(`/api/verifications/${id}?ahead=true`, AbortSignal.timeout(PATIENCE_MS));
    const { files } = adaptVerification(member(body, 'result'));
    const pictures = files.flatMap(({ name, contentType }) => (name && !contentType?.startsWith('video/') ? [{ name, contentType }] : []));
    await Promise.all(pictures.map(({ name }) => fetchEvidenceAhead(name)));
    return pictures;
  } catch {
    asked.delete(id);
    return [];
  }
}
