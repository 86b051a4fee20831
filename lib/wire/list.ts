import * as z from 'zod/mini';

/** The nine fields the upstream sorts by (vendor's documentation, "Sort Options"). */
export const WIRE_SORT_FIELDS = [
  'verificationId',
  'idFileName',
  'idFileSize',
  'idFileType',
  'selfieFileName',
  'selfieFileSize',
  'selfieFileType',
  'verified',
  'timestamp',
] as const;

export type WireSortField = (typeof WIRE_SORT_FIELDS)[number];

/** `GET /v1/verification`: one page. `data` stays unparsed, so that one bad record does not hide its neighbours. */
export const wireList = z.looseObject({
  totalCount: z.int().check(z.nonnegative()),
  count: z.optional(z.int()),
  data: z.array(z.unknown()),
});

export type WireList = z.infer<typeof wireList>;

/** `GET /v1/verification/{id}` and `POST /v1/verification`. */
export const wireResult = z.looseObject({ result: z.unknown() });

/** The error shape of the upstream; every part may be missing. */
export const wireError = z.looseObject({
  statusCode: z.optional(z.number()),
  error: z.optional(z.string()),
  message: z.optional(z.string()),
});

export interface WireError {
  statusCode: number;
  error: string;
  message: string;
}
