/** Every expected "no" of the console, with the HTTP status it is answered with. */
export const REFUSAL_STATUS = {
  'bad-request': 400,
  'not-signed-in': 401,
  forbidden: 403,
  'password-change-required': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  stale: 409,
  'key-reused': 409,
  conflict: 409,
  'record-changed': 409,
  'other-session': 409,
  claimed: 409,
  'evidence-changed': 409,
  /** A file could not be compared in time; whoever knows that may go on. */
  'evidence-unchecked': 409,
  'too-large': 413,
  'unsupported-type': 415,
  'range-not-satisfiable': 416,
  unprocessable: 422,
  'too-many-attempts': 429,
  'upstream-refused': 502,
  'upstream-unreadable': 502,
  'upstream-unavailable': 503,
  'upstream-timeout': 504,
  /** The database is older than the signed log, so nothing can be recorded. */
  'log-closed': 503,
  'database-unavailable': 503,
} as const;

export type RefusalCode = keyof typeof REFUSAL_STATUS;

export interface RefusalDetails {
  /** The input that was wrong. */
  field?: string;
  /** Facts a screen can act on, e.g. what changed meanwhile. Never a secret. */
  details?: Record<string, unknown>;
  /** Seconds after which a new try makes sense. */
  retryAfter?: number;
}

/** An expected "no": a code, one sentence that says what to do, and possibly the field. Anything else thrown is a fault. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly field: string | undefined;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: RefusalCode, message: string, { field, details, retryAfter }: RefusalDetails = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.field = field;
    this.details = details;
    this.retryAfter = retryAfter;
  }
}

/** The one error shape every route answers with. */
export interface ErrorBody {
  error: {
    code: RefusalCode | 'internal';
    message: string;
    requestId: string;
    field?: string;
    details?: Record<string, unknown>;
  };
}
