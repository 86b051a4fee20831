import { STATUS_CODES } from 'node:http';
import type { WireError } from '@/lib/wire/list';

/** An answer other than success, in the contract's one error shape. `field` names the parameter or form field at fault. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
    readonly options: { field?: string; headers?: Record<string, string> } = {},
  ) {
    super(message);
  }

  toResponse(): Response {
    const { field, headers } = this.options;
    const body: WireError & { field?: string } = {
      statusCode: this.status,
      error: STATUS_CODES[this.status] ?? 'Error',
      message: this.message,
      ...(field === undefined ? {} : { field }),
    };
    return Response.json(body, { status: this.status, headers: { 'cache-control': 'no-store', ...headers } });
  }
}
