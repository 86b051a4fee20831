import { DEFAULT_QUERY } from '@/lib/domain/grid-query';
import { Refusal, type RefusalCode } from '@/lib/domain/refusal';
import { env } from '@/lib/env';
import { adaptList } from './adapt-list';
import { discard, requestUpstream } from './connection';
import { listVerifications } from './list';

/** How the upstream answers, and the process of the embedded service; `not-used` when the settings name another service. */
export interface SystemHealth {
  upstream: 'ok' | RefusalCode;
  engine: 'ok' | 'down' | 'not-used';
}

/** A vendor may count every call: a good answer holds this long for all who ask. */
const GOOD_FOR_MS = 5_000;

let latest: { asked: number; answer: Promise<SystemHealth> } | null = null;

/** The health of a moment ago when it was good, else of now. */
export function systemHealth(now = Date.now()): Promise<SystemHealth> {
  if (latest && now - latest.asked < GOOD_FOR_MS) return latest.answer;
  const question = { asked: now, answer: askHealth() };
  latest = question;
  const forget = () => {
    if (latest === question) latest = null;
  };
  question.answer.then(({ upstream, engine }) => (upstream !== 'ok' || engine === 'down') && forget(), forget);
  return question.answer;
}

/** Asks the upstream for one record, with the key: a service that refuses the key is not healthy for this console. */
export async function askHealth(): Promise<SystemHealth> {
  const list = async () => adaptList((await listVerifications({ ...DEFAULT_QUERY, limit: 1 })).bytes);
  const engine = async () => discard(await requestUpstream({ path: '/health' }));
  const [upstream, process] = await Promise.all([refusalOf(list()), isEmbedded() ? refusalOf(engine()) : 'not-used']);
  return { upstream: upstream ?? 'ok', engine: process === 'not-used' ? process : process === null ? 'ok' : 'down' };
}

async function refusalOf(work: Promise<unknown>): Promise<RefusalCode | null> {
  try {
    await work;
    return null;
  } catch (failure) {
    if (failure instanceof Refusal) return failure.code;
    throw failure;
  }
}

function isEmbedded(): boolean {
  const { VERIFICATION_API_URL, ENGINE_PORT } = env();
  if (!VERIFICATION_API_URL) return true;
  const { hostname, port } = new URL(VERIFICATION_API_URL);
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) && port === String(ENGINE_PORT);
}
