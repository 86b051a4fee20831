/** The console or the service behind it answered with an error; the message is one sentence a reader can act on. */
export class LoadFailure extends Error {
  /** A code of the console's error shape, `unreachable` when nothing answered, `unreadable` when the answer made no sense. */
  readonly code: string;
  readonly requestId: string | null;

  constructor(code: string, message: string, requestId: string | null = null) {
    super(message);
    this.name = 'LoadFailure';
    this.code = code;
    this.requestId = requestId;
  }
}

/** What to tell about anything thrown while loading. */
export function describeFailure(error: unknown): LoadFailure {
  if (error instanceof LoadFailure) return error;
  return new LoadFailure('unreadable', 'The answer could not be read. Try again; if it stays, tell whoever runs this console.');
}
