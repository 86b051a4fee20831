/**
 * Which reads of the API leave an audit event, and why the others do not. Every `GET` route is listed; `tests/db/reading.test.ts`
 * compares the list with the routes and calls each recorded one.
 *
 * The rule: what shows a person a record, what was written about one, who is known under a filter, or the log is recorded, and nothing
 * of it is answered before. One event stands for all reads of the same by the same person within 15 minutes (evidence: 10 minutes and
 * one session). When the event cannot be written the read fails. Pages that show the same are recorded in the same way.
 *
 * | read | event | subject |
 * |---|---|---|
 * | a case: page, record, review, states of its files and a check of them, neighbours, approval panel, case pack, a refused verdict whose answer describes it; its presence while it stays open | `case.viewed` | `verification:5` |
 * | an evidence file, or a frame of one | `evidence.viewed` | `verification:5` |
 * | a search, the live list, review states by id, the count of a tag or an export | `search.run` | `records:index` and others |
 * | the audit log, the reading report | `audit.read` | `audit:log`, `audit:reading` |
 * | waiting decisions, users, exports, retention, a bulk action | `list.viewed` | `list:users` and others |
 * | the file of an export | `export.downloaded`, each time | `export:<id>` |
 *
 * A case of the queue is fetched before it is shown. That is no view, because its claim already names the person and the case; the
 * view is recorded when the case comes on the screen (`POST /api/verifications/{id}/views`).
 */
export const RECORDED_READS: Record<string, { recorded: string } | { notRecorded: string }> = {
  '/api/approvals': { recorded: 'list.viewed' },
  '/api/audit': { recorded: 'audit.read' },
  '/api/audit/key': { notRecorded: 'Shows public keys.' },
  '/api/audit/reading': { recorded: 'audit.read' },
  '/api/audit/verdict': { notRecorded: 'Shows hashes and times, nothing an event says.' },
  '/api/auth/{...nextauth}': { notRecorded: 'Signs in and out, which leaves events of its own.' },
  '/api/batches/{id}': { recorded: 'list.viewed' },
  '/api/exports': { recorded: 'list.viewed' },
  '/api/exports/count': { recorded: 'search.run' },
  '/api/changes': {
    notRecorded: 'Shows what is proposed for the console itself, which is in the log already; no records and no people in them.',
  },
  '/api/exports/{id}': { notRecorded: 'Shows how far an export is; asking for it and taking it away are recorded.' },
  '/api/exports/{id}/file': { recorded: 'export.downloaded' },
  '/api/files/{name}': { recorded: 'evidence.viewed' },
  '/api/files/{name}/frame': { recorded: 'evidence.viewed' },
  '/api/health': { notRecorded: 'Shows whether parts of the console answer.' },
  '/api/me': { notRecorded: 'Shows the caller themselves.' },
  '/api/me/drafts': { notRecorded: 'Gives the caller the key of their own drafts, and says which cases were erased.' },
  '/api/me/viewing': { notRecorded: 'Shows the caller’s own setting.' },
  '/api/openapi.json': { notRecorded: 'Describes the API.' },
  '/api/policies': { notRecorded: 'Shows rules, and no record.' },
  '/api/qa': { notRecorded: 'Shows ids of cases alone; opening one is recorded.' },
  '/api/queue': { notRecorded: 'Counts the cases of a view, whose filter was recorded as it was saved.' },
  '/api/queue/grants': { notRecorded: 'Shows which colleague may open which queue.' },
  '/api/retention': { recorded: 'list.viewed' },
  '/api/retention/preview': { recorded: 'list.viewed' },
  '/api/reviewers': { notRecorded: 'Shows names of colleagues, which stand on every screen.' },
  '/api/reviews': { recorded: 'search.run' },
  '/api/sync': { notRecorded: 'Shows how old the record index is.' },
  '/api/tags/tally': { recorded: 'search.run' },
  '/api/upstream/coordinates': { notRecorded: 'Shows what the coordinates of the verification API count, and no record.' },
  '/api/users': { recorded: 'list.viewed' },
  '/api/verifications': { recorded: 'search.run' },
  '/api/verifications/search': { recorded: 'search.run' },
  '/api/verifications/{id}': { recorded: 'case.viewed' },
  '/api/verifications/{id}/evidence': { recorded: 'case.viewed' },
  '/api/verifications/{id}/neighbours': { recorded: 'case.viewed' },
  '/api/verifications/{id}/presence': { notRecorded: 'Shows which colleagues have a case open, and nothing of the case.' },
  '/api/verifications/{id}/review': { recorded: 'case.viewed' },
  '/api/viewer/{version}/{folder}/{name}': { notRecorded: 'Gives out decoders and fonts of installed packages.' },
  '/api/views': { notRecorded: 'Shows the caller’s own and shared filters; opening one is a search.' },
  '/api/me/keys': { notRecorded: 'The keys the caller chose for the console.' },
  '/api/waiting': { notRecorded: 'Counts what waits for the caller.' },
};
