import type { useRouter } from 'next/navigation';
import * as z from 'zod/mini';
import { ask } from '../api/client';

/**
 * Cases opened within one document. The router keeps every page that was shown, some 30 KB for a case, and counts each as 100 bytes, so
 * that its own limit of 50 MB is never reached: a thousand cases would stay in memory.
 */
const CASES_A_DOCUMENT = 100;

let opened = 0;

/**
 * Goes to a case, and every hundredth time by loading its page anew, which gives back the memory of those before. Resolves once the router
 * has the address; never when the page is loaded anew.
 */
export async function goToCase(router: ReturnType<typeof useRouter>, href: string): Promise<void> {
  opened += 1;
  if (opened < CASES_A_DOCUMENT || !(await isAnswering())) return router.push(href);
  window.location.assign(href);
  return new Promise(() => {});
}

// A browser that cannot load a page shows its own instead; within the document, what is on the screen stays.
async function isAnswering(): Promise<boolean> {
  return (await ask('GET', '/api/me', z.unknown())).ok;
}
