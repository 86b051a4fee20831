import { fetchEvidenceAhead } from '@/components/evidence/evidence-memory';
import { adaptVerification } from '@/lib/upstream/adapt';
import { member } from '@/lib/upstream/read-value';
import { ask } from '../ask';

const PATIENCE_MS = 10_000;
const asked = new Map<number, Promise<void>>();

/**
 * Fetches the pictures of a case that comes next into this tab's memory, once, and ends when they came or could not. Whatever fails
 * is fetched again when it is looked at.
 */
export function fetchCaseAhead(id: number): Promise<void> {
  const underway = asked.get(id) ?? fetchPictures(id);
  asked.set(id, underway);
  return underway;
}

async function fetchPictures(id: number): Promise<void> {
  try {
    const body = await ask(`/api/verifications/${id}`, AbortSignal.timeout(PATIENCE_MS));
    const { files } = adaptVerification(member(body, 'result'));
    await Promise.all(
      files.map(({ name, contentType }) => (name && !contentType?.startsWith('video/') ? fetchEvidenceAhead(name) : undefined)),
    );
  } catch {
    asked.delete(id);
  }
}
