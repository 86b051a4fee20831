import { createHash } from 'node:crypto';
import { GENESIS, type Head, hashLink, hashPayload, type LinkBody } from '@/lib/audit/chain';
import { EXPORT_FORMAT, type ExportedEvent, type ExportedLink, type Manifest } from '@/lib/audit/export-format';
import { type Checkpoint, signHead, signingKeyOf } from '@/lib/audit/signed-head';

/** Signs the heads of every fixture. */
const KEY = signingKeyOf('5e'.repeat(32));
/** Somebody else's. */
const STRANGER = signingKeyOf('66'.repeat(32));
export const FIXTURE_KEY = KEY.publicKey;

const AWKWARD = 'Zoë "Z" \\ \u0001\u007f\u2028\u2029 ﬀ \u{1F9D1}';
const SAID: [action: string, subject: string, data: Record<string, unknown>][] = [
  ['session.started', 'session:s1', { provider: 'password' }],
  ['claim.taken', 'verification:5', { expiresAt: 1_769_860_800_000, fromQueue: true }],
  ['evidence.viewed', 'verification:5', { file: 'v_id_5_passport.jpg' }],
  ['note.added', 'verification:5', { noteId: 'n1', text: `line one\nline two\t${AWKWARD}` }],
  ['decision.made', 'verification:5', { decisionId: 'd1', version: 1 }],
  ['session.started', 'session:s2', { provider: 'oidc' }],
  ['approval.given', 'verification:5', { comment: 'Same person.', decisionId: 'd1', version: 1 }],
  ['note.added', 'verification:6', { noteId: 'n2', text: 'Jane Doe, 12 Elm Street' }],
  ['claim.released', 'verification:6', {}],
  ['payload.erased', 'verification:6', { events: [8], reason: 'Five years are over' }],
  ['session.ended', 'session:s1', {}],
  ['session.ended', 'session:s2', {}],
];

/** Every fixture by its path in tests/fixtures/chain, the same at every run. */
export function chainFixtures(): Map<string, string> {
  const files = new Map<string, string>();
  const good = chain();
  files.set('good.jsonl', jsonl(erase(good, 8)));
  files.set('nothing-erased.jsonl', jsonl(good.slice(0, 9)));
  files.set('checkpoints.jsonl', jsonl([5, 9, 12].map((seq) => signed(good, seq))));
  for (const [name, events] of Object.entries(brokenLogs(good))) {
    files.set(`broken/${name}.jsonl`, typeof events === 'string' ? events : jsonl(events));
  }
  files.set('broken/signed-by-a-stranger.jsonl', jsonl(erase(good, 8)));
  files.set('broken/signed-by-a-stranger.checkpoints.jsonl', jsonl([signed(good, 12, STRANGER)]));
  files.set('broken/signature-over-another-head.jsonl', jsonl(erase(good, 8)));
  files.set('broken/signature-over-another-head.checkpoints.jsonl', jsonl([{ ...signed(good, 12), seq: 11, hash: good[10]?.hash }]));
  for (const [folder, parts] of Object.entries(exports(good))) {
    for (const [name, text] of Object.entries(parts)) files.set(`${folder}/${name}`, text);
  }
  return files;
}

/** What was done to each log. Those the chain alone does not show are caught by checkpoints.jsonl. */
function brokenLogs(good: ExportedEvent[]): Record<string, ExportedEvent[] | string> {
  const whole = erase(good, 8);
  const changed = (seq: number, change: Partial<ExportedEvent>) =>
    whole.map((event) => (event.seq === seq ? { ...event, ...change } : event));
  const at = (seq: number): ExportedEvent => whole[seq - 1] as ExportedEvent;
  const without = (seq: number) => whole.filter((event) => event.seq !== seq);
  const forged = chain('verification:7').slice(6);
  return {
    'edited-actor': changed(4, { actorName: 'Somebody else' }),
    'edited-time': changed(4, { at: '2026-01-31T12:00:00.000Z' }),
    'edited-payload': changed(4, { data: '{"data":{"noteId":"n1","text":"nothing"}}' }),
    'edited-salt': changed(4, { salt: 'ab'.repeat(32) }),
    'edited-payload-and-commitment': changed(4, committed(at(4), '{"data":{"noteId":"n1","text":"nothing"}}')),
    'edited-and-hashed-anew': changed(4, rehashed({ ...at(4), subject: 'verification:7' })),
    deleted: without(6),
    'deleted-first': without(1),
    'deleted-and-renumbered': without(6).map((event) => (event.seq < 6 ? event : { ...event, seq: event.seq - 1 })),
    inserted: [...whole.slice(0, 6), rehashed({ ...at(6), seq: 7, prevHash: at(6).hash, subject: 'session:s3' }), ...whole.slice(6)],
    'inserted-before-the-first': [rehashed({ ...at(1), seq: 0 }), ...whole],
    twice: [...whole.slice(0, 6), at(6), ...whole.slice(6)],
    swapped: [...whole.slice(0, 5), at(7), at(6), ...whole.slice(7)],
    'swapped-and-renumbered': [...whole.slice(0, 5), { ...at(7), seq: 6 }, { ...at(6), seq: 7 }, ...whole.slice(7)],
    'cut-off-newest': whole.slice(0, 11),
    'cut-off-many': whole.slice(0, 6),
    'cut-off-all': '',
    'rewritten-end': [...good.slice(0, 6), ...forged],
    'rewritten-whole': erase(chain('verification:5', 'Somebody else'), 8),
    'payload-gone-without-a-word': erase(whole, 3),
    'cut-in-a-line': jsonl(whole).slice(0, -40),
    'no-json': jsonl(whole).replace(JSON.stringify(at(6)), '<html>'),
    'a-member-missing': jsonl(whole).replace(JSON.stringify(at(6)), JSON.stringify({ ...at(6), subject: undefined })),
  };
}

/** Whole exports, and what can be done to one. */
function exports(good: ExportedEvent[]): Record<string, Record<string, string>> {
  const whole = erase(good, 8);
  const month = { events: whole.slice(3, 7), links: good.slice(7, 9).map(bare) };
  const decided = whole.filter(({ action }) => action === 'decision.made' || action === 'approval.given');
  const others = good.slice(0, 9).filter(({ seq }) => seq !== 5 && seq !== 7);
  const all = exported({ events: whole, head: signed(good, 12), checkpoints: [5, 9, 12].map((seq) => signed(good, seq)) });
  const filtered = exported({ events: decided, links: others.map(bare), head: signed(good, 9), filter: { action: 'decisions' } });
  return {
    'export-whole': all,
    'export-month': exported({ ...month, head: signed(good, 9), filter: { from: '2026-01-31', to: '2026-01-31' } }),
    'export-filtered': filtered,
    'export-selection': exported({ events: decided, head: signed(good, 12), filter: { action: 'decisions' }, complete: false }),
    'export-of-nothing': exported({ events: [], head: signed(good, 12), filter: { actor: 'nobody' } }),
    'broken/export-file-changed': { ...all, 'checkpoints.jsonl': jsonl([signed(good, 5)]) },
    'broken/export-file-missing': Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'checkpoints.jsonl')),
    'broken/export-cut-short': exported({ events: whole.slice(0, 9), head: signed(good, 12) }),
    'broken/export-of-other-head': exported({ events: [...good.slice(0, 6), ...chain('verification:7').slice(6)], head: signed(good, 12) }),
    'broken/export-decision-left-out': exported({ events: decided.slice(1), links: others.map(bare), head: signed(good, 9) }),
    'broken/export-event-in-both': exported({ events: decided, links: good.slice(0, 9).map(bare), head: signed(good, 9) }),
  };
}

interface Parts {
  events: ExportedEvent[];
  links?: ExportedLink[];
  checkpoints?: Checkpoint[];
  head: Checkpoint;
  filter?: Record<string, unknown>;
  complete?: boolean;
}

function exported({ events, links, checkpoints, head, filter = {}, complete = true }: Parts): Record<string, string> {
  const held = [...events, ...(links ?? [])].map(({ seq }) => seq);
  const data: Record<string, string> = {
    'audit-log.jsonl': jsonl(events),
    ...(links && { 'audit-links.jsonl': jsonl(links) }),
    ...(checkpoints && { 'checkpoints.jsonl': jsonl(checkpoints) }),
  };
  const manifest: Manifest = {
    format: EXPORT_FORMAT,
    kind: 'audit-log',
    filter,
    counts: { events: events.length },
    firstSeq: held.length > 0 ? Math.min(...held) : null,
    lastSeq: held.length > 0 ? Math.max(...held) : null,
    complete,
    files: Object.entries(data).map(([name, text]) => ({ name, sha256: sha256(text), bytes: Buffer.byteLength(text) })),
    head: { ...head, publicKey: KEY.publicKey },
  };
  return { ...data, 'manifest.json': `${JSON.stringify(manifest, null, 2)}\n` };
}

/** Twelve events. From number seven on `subject` may be another one, from the first on the actor. */
function chain(subject = 'verification:5', actorName = AWKWARD): ExportedEvent[] {
  const events: ExportedEvent[] = [];
  SAID.forEach(([action, about, data], index) => {
    const seq = index + 1;
    const origin = { ip: '192.0.2.7', requestId: `r${seq}`, userAgent: null };
    const payload = { salt: sha256(`salt ${seq}`), data: JSON.stringify({ data, origin }) };
    const body: LinkBody = {
      seq,
      at: new Date(Date.UTC(2026, 0, 31, 12, seq)).toISOString(),
      actorId: 'u1',
      actorName,
      actorRole: 'analyst',
      action,
      subject: seq >= 7 && about === 'verification:5' ? subject : about,
      payloadHash: hashPayload(payload),
      prevHash: events.at(-1)?.hash ?? GENESIS.hash,
    };
    events.push({ ...body, hash: hashLink(body), ...payload });
  });
  return events;
}

function committed(event: ExportedEvent, data: string): ExportedEvent {
  return { ...event, data, payloadHash: hashPayload({ salt: event.salt ?? '', data }) };
}

function rehashed(event: ExportedEvent): ExportedEvent {
  return { ...event, hash: hashLink(event) };
}

function erase(events: ExportedEvent[], seq: number): ExportedEvent[] {
  return events.map((event) => (event.seq === seq ? { ...event, salt: null, data: null } : event));
}

function bare({ salt: _, data: __, ...link }: ExportedEvent): ExportedLink {
  return link;
}

function signed(events: readonly Head[], seq: number, key = KEY): Checkpoint {
  const { hash } = events[seq - 1] as Head;
  return signHead(key, { seq, hash }, new Date(Date.UTC(2026, 0, 31, 13, seq)));
}

function jsonl(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
