import { isSchemaAltered } from '@/lib/audit/altered-schema';
import { checkpointNow } from '@/lib/audit/checkpoint-now';
import { lastComparison } from '@/lib/audit/last-comparison';
import { reconcileNow } from '@/lib/audit/reconcile-now';
import { heedVerdict } from '@/lib/audit/resume-if-whole';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { tellWitness } from '@/lib/audit/witness';
import { rowsSentence } from '@/lib/domain/row-difference';
import { env } from '@/lib/env';
import { reconcileRecords } from '@/lib/mirror/reconcile-records';
import type { Task } from './task';

const SIGN_EVERY_MS = 20_000;
const TELL_EVERY_MS = 20_000;
const TELL_AGAIN_MAX_MS = 600_000;

/**
 * Signs the head of the audit log, well within a minute of any event, walks the whole chain every night, and tells the witness where there is one. A broken
 * chain stops the signer, which then fails with the reason once a minute, so that the log of the jobs has it.
 */
export function auditTasks(): Task[] {
  const sign: Task = {
    name: 'audit.checkpoint',
    atStart: true,
    run: async () => {
      await checkpointNow();
      return SIGN_EVERY_MS;
    },
  };
  const walk: Task = {
    name: 'audit.walk',
    cron: '23 2 * * *',
    run: async () => {
      await heedVerdict(await verifyStoredChain());
      return null;
    },
  };
  const tell: Task = {
    name: 'audit.witness',
    atStart: true,
    run: async (signal) => {
      const failures = await tellWitness(signal);
      return failures === 0 ? TELL_EVERY_MS : Math.min(TELL_AGAIN_MAX_MS, 1_000 * 2 ** Math.min(failures, 10));
    },
  };
  // A difference fails the task as well: the log of the jobs then has it once a minute, until it is gone.
  const reconcile: Task = {
    name: 'audit.reconcile',
    cron: '53 2 * * *',
    run: async () => {
      const verdict = await reconcileNow(reconcileRecords);
      if (verdict.first) throw new Error(rowsSentence(verdict));
      return null;
    },
  };
  // A console that slept for days does not wait for the night, nor does one whose database is not what the migrations make.
  const late: Task = {
    name: 'audit.reconcile-at-start',
    atStart: true,
    run: async () => {
      if ((await lastComparison()).isLate || (await isSchemaAltered())) await reconcileNow(reconcileRecords);
      return null;
    },
  };
  return env().AUDIT_WITNESS_URL === undefined ? [sign, walk, reconcile, late] : [sign, tell, walk, reconcile, late];
}
