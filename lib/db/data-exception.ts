/** SQLSTATE class 22: a value that cannot be what the statement takes it for. Source: PostgreSQL, "Error Codes". */
const DATA_EXCEPTION = /^22[0-9A-Z]{3}$/;

/** Whether the database refused a value, as a number too large or a time no calendar has. */
export function isDataException(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && typeof failure.code === 'string' && DATA_EXCEPTION.test(failure.code);
}
