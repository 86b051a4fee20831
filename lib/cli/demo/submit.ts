import * as z from 'zod';
import { wireList, wireResult } from '@/lib/wire/list';
import { wireRecord } from '@/lib/wire/record';
import { type DrawnPicture, Studio } from './draw-scenario';
import { scenarios } from './scenario';
import type { Scenario } from './staging';
import { DEMO_TAG } from './tags';

export interface SeedOptions {
  /** Origin of the verification API, for example http://127.0.0.1:3101. */
  url: string;
  key: string;
  /** Called once at the start and after every record. `done` counts what was there already. */
  onProgress?: (progress: { done: number; total: number }) => void;
  fetch?: typeof globalThis.fetch;
  /** What to send; default every scenario. */
  list?: readonly Scenario[];
}

export interface Seeded {
  total: number;
  /** Records sent now; the rest was there. */
  sent: number;
}

/** Two at a time: one is drawn while the other is measured, on the two cores a small machine has. */
const CONCURRENCY = 2;
const PAGE = 100;

/**
 * Sends every demo scenario that the API does not hold yet through `POST /v1/verification`. What is there is told by the tag
 * `demo`, so an interrupted run goes on where it stopped and a second one sends nothing. Throws an Error with one sentence
 * when the API refuses; the key is never in it. A failed POST is not repeated: the next run sees whether it arrived.
 */
export async function seedDemo({ url, key, onProgress, fetch = globalThis.fetch, list = scenarios() }: SeedOptions): Promise<Seeded> {
  const api: Api = { url: new URL(url).origin, key, fetch };
  const present = await presentNumbers(api);
  const missing = list.filter(({ number }) => !present.has(String(number)));
  let done = list.length - missing.length;
  onProgress?.({ done, total: list.length });
  const studio = new Studio();
  const queue = missing.values();
  let broken = false;
  const work = async () => {
    for (const scenario of queue) {
      if (broken) return;
      await submit(api, scenario, studio).catch((error: unknown) => {
        broken = true;
        throw error;
      });
      done += 1;
      onProgress?.({ done, total: list.length });
    }
  };
  const finished = await Promise.allSettled(Array.from({ length: CONCURRENCY }, work));
  for (const result of finished) if (result.status === 'rejected') throw result.reason;
  return { total: list.length, sent: missing.length };
}

interface Api {
  url: string;
  key: string;
  fetch: typeof globalThis.fetch;
}

const tagList = z.array(z.object({ name: z.string(), value: z.coerce.string() })).catch([]);

/** Scenario numbers the API already holds. Reads every page, oldest first, so that records added meanwhile shift nothing. */
async function presentNumbers(api: Api): Promise<Set<string>> {
  const found = new Set<string>();
  for (let offset = 0; ; offset += PAGE) {
    const query = new URLSearchParams({ limit: String(PAGE), offset: String(offset), sortBy: 'verificationId', direction: 'asc' });
    const page = wireList.parse(
      await answer(await api.fetch(`${api.url}/v1/verification?${query}`, { headers: { 'x-api-key': api.key } }), 'list'),
    );
    for (const record of page.data) {
      const tags = tagList.parse(wireRecord.safeParse(record).data?.tags);
      for (const tag of tags) if (tag.name === DEMO_TAG) found.add(tag.value);
    }
    if (page.data.length === 0 || offset + page.data.length >= page.totalCount) return found;
  }
}

async function submit(api: Api, scenario: Scenario, studio: Studio): Promise<void> {
  const form = new FormData();
  form.set('tags', JSON.stringify(scenario.tags));
  attach(form, 'idFile', await studio.id(scenario));
  attach(form, 'selfieFile', await studio.selfie(scenario));
  const response = await api.fetch(`${api.url}/v1/verification`, { method: 'POST', headers: { 'x-api-key': api.key }, body: form });
  wireResult.parse(await answer(response, `demo record ${scenario.number}`));
}

function attach(form: FormData, field: string, { bytes, contentType, fileName }: DrawnPicture): void {
  form.set(field, new Blob([new Uint8Array(bytes)], { type: contentType }), fileName);
}

async function answer(response: Response, what: string): Promise<unknown> {
  if (response.ok) return response.json();
  await response.body?.cancel();
  throw new Error(`The verification API answered ${response.status} to the ${what}.`);
}
