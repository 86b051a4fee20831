import { fetchEvidenceAhead } from '@/components/evidence/evidence-memory';
import { adaptVerification } from '@/lib/upstream/adapt';
import { member } from '@/lib/upstream/read-value';
import { ask } from '../ask';

const PATIENCE_MS = 10_000;
const asked = new Set<number>();

/** Fetches the pictures of a case that comes next into this tab's memory. Whatever fails is fetched again when it is looked at. */
export function fetchCaseAhead(id: number): void {
  if (asked.has(id)) return;
  asked.add(id);
  ask(`/api/verifications/${id}`, AbortSignal.timeout(PATIENCE_MS))
    .then((body) => {
      const { files } = adaptVerification(member(body, 'result'));
      for (const { name, contentType } of files) if (name && !contentType?.startsWith('video/')) fetchEvidenceAhead(name);
    })
    .catch(() => asked.delete(id));
}
