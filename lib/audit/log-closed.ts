import { Refusal } from '@/lib/domain/refusal';

/** Returns the refusal of every write while the log is closed. */
export function logClosed(): Refusal {
  return new Refusal(
    'log-closed',
    'Nothing can be recorded: the database was restored from an older state than the signed audit log. What you typed is not stored; keep it and ask an administrator, who has to declare the loss first.',
  );
}
