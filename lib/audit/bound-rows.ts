import type { AuditAction } from '@/lib/domain/audit-event';

/**
 * The tables whose rows are bound to the log, and the events that bind a new row of each. Such an event's payload has a third member
 * beside `data` and `origin`:
 *
 *     "rows":[{"id":"…","lasting":"…","sha256":"…","table":"decision"}]
 *
 * `id` is the primary key as text and `sha256` the hash of the whole row as it was then, in the format stated in
 * prisma/migrations/0025_bound_rows. `lasting` is the same hash over the columns that an erasure leaves alone; a table of which it leaves
 * every column alone has none. The database computes both while it appends the event. A `case.erased` event binds the rows of its case
 * again, as the erasure left them: it must bind a new row of `erasure`, and repeat the `lasting` of each row. No other event may bind a row
 * twice. `reconcileRows` holds the tables to the newest bindings.
 *
 * To bind a new table: call `SELECT console.bind_rows('its_name')` in its migration, add its line here, and pass its rows to
 * `appendAuditEvent`. From then on the database refuses at commit any row of it without an event of the same transaction.
 * To add a column to a bound table: make it nullable, and call `console.bind_rows` again in that migration.
 */
export const BOUND_TABLES = {
  decision: ['decision.made'],
  withdrawal: ['decision.withdrawn'],
  approval: ['approval.given', 'approval.refused'],
  qa_review: ['qa.reviewed'],
  note: ['note.added'],
  assignment: ['case.assigned'],
  escalation: ['case.escalated', 'case.de-escalated'],
  snooze: ['case.snoozed'],
  skip: ['case.skipped'],
  reopening: ['case.reopened'],
  legal_hold: ['hold.placed', 'hold.lifted'],
  erasure: ['case.erased'],
  evidence_hash: ['evidence.first-seen', 'evidence.changed'],
  evidence_loss: ['evidence.lost', 'evidence.restored', 'evidence.loss-reviewed'],
  evidence_drift: ['evidence.changed'],
  evidence_acknowledgement: ['evidence.acknowledged'],
  policy: ['policy.changed'],
  batch: ['batch.run'],
  draw_grant: ['queue.granted'],
  coordinate_setting: ['connection.coordinates-set'],
  viewing_preference: ['preference.changed'],
  key_preference: ['keys.changed'],
  credential_event: ['user.added', 'user.password-changed', 'user.provider-bound', 'user.credential-changed', 'password.changed'],
  proposed_change: ['change.proposed'],
  change_verdict: ['change.approved', 'change.refused', 'change.withdrawn'],
  change_effect: ['change.took-effect', 'change.lapsed'],
} satisfies Record<string, AuditAction[]>;

/** Tables whose rows are about several cases, so that the erasure of each of these may bind them again. */
export const SHARED_TABLES = ['batch', 'proposed_change', 'change_verdict'] as const satisfies (keyof typeof BOUND_TABLES)[];

export type BoundTable = keyof typeof BOUND_TABLES;
export const BOUND_TABLE_NAMES = Object.keys(BOUND_TABLES).filter((name): name is BoundTable => Object.hasOwn(BOUND_TABLES, name));

/**
 * The kinds of rows by which erasures are counted: tables that one action binds together are of one kind, named after the first of them. Each
 * event of an action here binds at least one row of its kind.
 */
export const ROW_KINDS = kindsOf(Object.entries(BOUND_TABLES));

function kindsOf(tables: [table: string, actions: AuditAction[]][]) {
  const ofAction: Record<string, string> = {};
  const ofTable: Record<string, string> = {};
  for (const [table, actions] of tables) {
    const kind = actions.map((action) => ofAction[action]).find((known) => known !== undefined) ?? table;
    ofTable[table] = kind;
    for (const action of actions) ofAction[action] = kind;
  }
  return { ofAction, ofTable };
}

/** One row of a bound table, by its primary key. */
export interface BoundRow {
  table: BoundTable;
  id: string | number | bigint;
}
