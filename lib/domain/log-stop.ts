/**
 * Why the signer of the audit log stopped. `contradicted`: the log is not the one that was signed. `behind`: the database ends before the newest
 * signed event, as after a restore. `no-heads`: the folder of the signed heads is empty although the log has events.
 */
export const LOG_STOPS = ['contradicted', 'behind', 'no-heads'] as const;
export type LogStop = (typeof LOG_STOPS)[number];
