import { afterEach, describe, expect, it, vi } from 'vitest';
import { peekFile } from '@/components/media/peek-file';
import { readEvidence } from '@/components/media/read-evidence';

afterEach(() => vi.unstubAllGlobals());

const KEY = 'The verification service does not accept the key; an administrator must check VERIFICATION_API_KEY.';
const LIMIT = 'The verification service says its usage limit is reached; an administrator must look at the plan.';

/** The console answers every file so. */
function answerWith(status: number, message: string): void {
  const body = { error: { code: 'upstream-refused', message, requestId: 'r' } };
  vi.stubGlobal('fetch', async () => Response.json(body, { status }));
}

describe('a file that does not come', () => {
  it.each([
    [502, KEY],
    [502, LIMIT],
    [503, 'The verification service cannot be reached. Nothing here is lost; try again shortly.'],
  ])('names its cause, as a picture and as a clip: %i %s', async (status, message) => {
    answerWith(status, message);
    expect(await peekFile(`clip-${message.length}.mp4`)).toEqual({ sentence: message });
    const read = await readEvidence({ name: `picture-${message.length}.jpg`, contentType: 'image/jpeg' }, new AbortController().signal);
    expect(read).toEqual({ status: 'failed', sentence: message });
  });

  it('that the service does not have is missing, and a broken answer is no cause', async () => {
    answerWith(404, 'The verification service does not have this.');
    expect(await peekFile('gone.mp4')).toBe('missing');
    vi.stubGlobal('fetch', async () => new Response('<html>', { status: 502 }));
    expect(await peekFile('odd.mp4')).toBe('unreachable');
  });
});
