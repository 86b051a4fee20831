import { type FileFacts, fileFacts } from '../media/file-facts';
import { askWorker, nextNumber } from './ask-worker';

/** What a file says about itself, read off the page's own thread: only to copy a large one takes longer than a frame. */
export async function lookIntoFile(blob: Blob, claimedType: string): Promise<FileFacts> {
  const reply = await askWorker({ ask: 'look', answer: nextNumber(), blob, claimedType }).catch(() => null);
  return reply && 'facts' in reply ? reply.facts : fileFacts(blob, claimedType);
}
