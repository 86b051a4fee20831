import { rowsNotice } from '@/lib/audit/rows-notice';
import { signerNotices } from '@/lib/audit/signer-notices';
import { witnessNotice } from '@/lib/audit/witness-notice';
import type { Actor } from '@/lib/domain/actor';
import { inOrderOfSeverity, type Notice } from '@/lib/domain/notice';
import { changeNotices, missingApproverNotices } from './change-notices';

/** Returns what one part of the console has to announce to this person. Called every 30 seconds for every open screen, so it must be cheap. */
export type NoticeProvider = (actor: Actor) => Promise<Notice[]>;

/** Every source of notices. A new one is a line here. */
const PROVIDERS: readonly NoticeProvider[] = [
  signerNotices,
  (actor) => witnessNotice(actor),
  rowsNotice,
  changeNotices,
  () => missingApproverNotices(),
];

const UNREADABLE: Notice = {
  id: 'notices-unreadable',
  severity: 'alarm',
  text: 'Some notices could not be read, so a warning may be missing here. Reload the page; if this stays, tell an administrator.',
};

/** Returns every notice for this person, alarms first. A provider that fails becomes a notice itself and hides none of the others. */
export async function collectNotices(actor: Actor, providers = PROVIDERS): Promise<Notice[]> {
  const collected = await Promise.allSettled(providers.map((provider) => provider(actor)));
  const failed = collected.some(({ status }) => status === 'rejected');
  return inOrderOfSeverity([...(failed ? [UNREADABLE] : []), ...collected.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))]);
}
