import type { GridQuery } from '@/lib/domain/grid-query';
import { listEntries } from './list-records';

const UNREADABLE = Buffer.from('null');
const COMMA = Buffer.from(',');

/**
 * A page of the list written anew, for readers who could not parse it as it came: in the shape of `GET /v1/verification`, each record
 * as it came or repaired, null in place of one that cannot be read. Throws a Refusal `upstream-*`.
 */
export async function listReadable(query: GridQuery, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const { entries, total } = await listEntries(query, ({ record }) => record?.raw ?? UNREADABLE, signal);
  const head = Buffer.from(`{"totalCount":${total},"count":${entries.length},"data":[`);
  return new Uint8Array(Buffer.concat([head, ...entries.flatMap((raw, index) => (index === 0 ? [raw] : [COMMA, raw])), Buffer.from(']}')]));
}
