import type { ExportedEvent } from '@/lib/audit/export-format';

/** One event as a line of `audit-log.jsonl`, with its end; lib/export/event-lines.ts says the same in bytes. */
export function eventLine({ seq, at, actorId, actorName, actorRole, action, subject, ...rest }: ExportedEvent): string {
  const { payloadHash, prevHash, hash, salt, data } = rest;
  return jsonLine({ seq, at, actorId, actorName, actorRole, action, subject, payloadHash, prevHash, hash, salt, data });
}

/** Any value as one line; JSON has no line ends of its own. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
