import { z } from 'zod';
import { signedHead } from '@/lib/audit/export-format';
import { TABLE_FORMATS } from '@/lib/domain/export';

const id = z.uuid();
const count = z.number().int().nonnegative();

/** An extract to be written: everything that was to be decided is decided, and the filter is SQL already. */
export const work = z.strictObject({
  do: z.literal('write'),
  id,
  /** Where the file goes; nothing is there yet. */
  path: z.string(),
  format: z.enum(TABLE_FORMATS),
  /** The filter as it was asked for, and as it was understood: for the manifest. */
  query: z.string(),
  filter: z.record(z.string(), z.unknown()),
  /** The end of the chain as it was pinned and signed. */
  head: signedHead.nullable(),
  extract: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('population'),
      /** SQL that gives the rows of `storedPopulationRow`. */
      rows: z.string(),
      /** Whether a filter may leave records out. */
      narrow: z.boolean(),
    }),
    z.strictObject({
      kind: z.literal('audit-log'),
      /** The first moment asked for, milliseconds since 1970. */
      from: z.number().nullable(),
      /** SQL on the rows of `EVENTS_SQL`. */
      condition: z.string(),
      /** Whether the filter asks for tags. */
      tagged: z.boolean(),
    }),
  ]),
});
export type Work = z.infer<typeof work>;

/** What the console asks of the process that writes. */
export const request = z.discriminatedUnion('do', [work, z.strictObject({ do: z.literal('stop'), id })]);
export type Request = z.infer<typeof request>;

/** What that process tells, each of an export it was asked to write. `written` and `failed` are the last of it. */
export const report = z.discriminatedUnion('told', [
  z.strictObject({ told: z.literal('progress'), id, rows: count, bytes: count }),
  z.strictObject({ told: z.literal('written'), id, rows: count, bytes: count, manifestSha256: z.string() }),
  z.strictObject({
    told: z.literal('failed'),
    id,
    /** The system's word for it, like ENOSPC. */
    code: z.string().nullable(),
    /** Why it was refused, as a sentence for whoever asked; null for a fault. */
    refusal: z.string().nullable(),
    /** For the log. */
    trace: z.string(),
  }),
]);
export type Report = z.infer<typeof report>;
