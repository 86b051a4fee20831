import type { FileFacts } from '../media/file-facts';
import { askWorker, nextNumber } from './ask-worker';

/** What a file says about itself, read off the page's own thread: only to copy a large one takes longer than a frame. */
export async function lookIntoFile(blob: Blob, claimedType: string): Promise<FileFacts> {
  const reply = await askWorker({ ask: 'look', answer: nextNumber(), blob, claimedType }).catch(() => null);
  if (reply && 'facts' in reply) return reply.facts;
  const { fileFacts } = await import('../media/file-facts');
  return fileFacts(blob, claimedType);
}
