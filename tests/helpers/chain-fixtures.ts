import { createHash } from 'node:crypto';
import { GENESIS, type Head, hashLink, hashPayload, type LinkBody } from '@/lib/audit/chain';
import { EXPORT_FORMAT, type ExportedEvent, type ExportedLink, type Manifest } from '@/lib/audit/export-format';
import { type Checkpoint, type LostRange, type SigningKey, signHead, signingKeyOf, signManifest } from '@/lib/audit/signed-head';

/** Signs the heads of every fixture. */
const KEY = signingKeyOf('5e'.repeat(32));
/** Somebody else's. */
const STRANGER = signingKeyOf('66'.repeat(32));
/** The one this installation signed with before. */
const REPLACED = signingKeyOf('01'.repeat(32));
export const FIXTURE_KEY = KEY.publicKey;
export const REPLACED_KEY = REPLACED.publicKey;
const PUBLIC_KEYS = new Map([KEY, STRANGER, REPLACED].map(({ keyId, publicKey }) => [keyId, publicKey]));

type Said = [
  action: string,
  subject: string,
  data: Record<string, unknown>,
  rows?: { id: string; lasting?: string; sha256: string; table: string }[],
];

const AWKWARD = 'Zoë "Z" \\ \u0001\u007f\u2028\u2029 ﬀ \u{1F9D1}';
const row = (table: string, id: string, content: string, lasting?: string) => ({
  id,
  ...(lasting !== undefined && { lasting: sha256(lasting) }),
  sha256: sha256(content),
  table,
});
/** The erasure of case 6, whose note went with it. */
const CASE_ERASED: Said = [
  'case.erased',
  'verification:6',
  { rule: 'REQUEST' },
  [row('erasure', 'e1', 'six'), row('note', 'n2', 'as erased', 'by Ana')],
];
const SAID: Said[] = [
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
  CASE_ERASED,
  ['session.ended', 'session:s2', {}],
];

/** The first nine, then a restore of the database that lost the events from ten on, declared as event ten, and one more. */
const RESTORED: Said[] = [
  ...SAID.slice(0, 9),
  ['log.restored', 'log:audit', { lost: { from: 10, to: 12 }, osUser: 'root', reason: 'The disk failed' }],
  ['session.started', 'session:s3', { provider: 'password' }],
  ['session.ended', 'session:s3', {}],
];
const ROTATED: Said[] = [
  ...SAID.slice(0, 9),
  ['key.rotated', `key:${REPLACED.publicKey}`, { keyId: KEY.keyId, previousKeyId: REPLACED.keyId, publicKey: KEY.publicKey }],
  ['session.ended', 'session:s1', {}],
];

/** What a thief of the replaced key appends. */
const SIGNED_ON: Said[] = [
  ...ROTATED,
  ['decision.made', 'verification:5', { decisionId: 'd2', version: 2 }],
  ['session.ended', 'session:s2', {}],
];
/** The key was lost with the events from ten on: the restore declares both. */
const ROTATED_IN_A_RESTORE: Said[] = [
  ...ROTATED.slice(0, 10),
  ['log.restored', 'log:audit', { lost: { from: 10, to: 12 }, osUser: 'root', reason: 'The disk failed' }],
  ['session.ended', 'session:s3', {}],
];

/** Events that bind rows, and the erasure that binds one of them as it left it; and the same with a row bound anew by no erasure. */
const BOUND: Said[] = [
  ['session.started', 'session:s1', { provider: 'password' }],
  ['decision.made', 'verification:5', { decisionId: 'd1', version: 1 }, [row('decision', 'd1', 'approved', 'approved by Ana')]],
  ['note.added', 'verification:6', { noteId: 'n2', text: 'Jane Doe, 12 Elm Street' }, [row('note', 'n2', 'as written', 'by Ana')]],
  ['case.assigned', 'verification:5', { assigneeId: 'u2', assigneeName: '"rows":[{' }, [row('assignment', '7', 'to u2')]],
  ['case.erased', 'verification:6', { rule: 'REQUEST' }, [row('erasure', 'e1', 'six'), row('note', 'n2', 'as erased', 'by Ana')]],
];
const BOUND_AGAIN: Said[] = [
  ...BOUND,
  ['decision.made', 'verification:5', { decisionId: 'd1', version: 1 }, [row('decision', 'd1', 'declined')]],
];

/** Erasures that bind a row anew and may not: without a tombstone, with one of before, of another case, with more changed than is erased. */
const ERASED_WRONGLY: Record<string, Said> = {
  'row-erased-by-nobody': ['case.erased', 'verification:5', { rule: 'REQUEST' }, [row('decision', 'd1', 'declined', 'approved by Ana')]],
  'row-erased-by-an-old-tombstone': [
    'case.erased',
    'verification:5',
    { rule: 'REQUEST' },
    [row('erasure', 'e1', 'six'), row('decision', 'd1', 'declined', 'approved by Ana')],
  ],
  'row-erased-with-another-case': [
    'case.erased',
    'verification:7',
    { rule: 'REQUEST' },
    [row('erasure', 'e2', 'seven'), row('decision', 'd1', 'declined', 'approved by Ana')],
  ],
  'row-erased-and-more': [
    'case.erased',
    'verification:5',
    { rule: 'REQUEST' },
    [row('erasure', 'e2', 'five'), row('decision', 'd1', 'declined', 'declined by Ana')],
  ],
};

/** What takes the payload of note 8 and is no erasure of its case: no erasure at all, one of another case, of before, or of fewer rows. */
const ERASED_FOR_NOTHING: Record<string, Said[]> = {
  'payload-erased-without-the-case': [...SAID.slice(0, 10), ['session.ended', 'session:s1', {}]],
  'payload-erased-with-another-case': [...SAID.slice(0, 10), ['case.erased', 'verification:5', {}, CASE_ERASED[3]]],
  'payload-erased-for-another-case': [
    ...SAID.slice(0, 9),
    ['payload.erased', 'verification:5', { events: [8] }],
    ['case.erased', 'verification:5', {}, CASE_ERASED[3]],
  ],
  'payload-erased-after-the-case': [...SAID.slice(0, 9), CASE_ERASED, ['payload.erased', 'verification:6', { events: [8] }]],
  'payload-erased-without-its-row': [...SAID.slice(0, 10), ['case.erased', 'verification:6', {}, [row('erasure', 'e1', 'six')]]],
  'payload-erased-without-a-tombstone': [
    ...SAID.slice(0, 10),
    ['case.erased', 'verification:6', {}, [row('note', 'n2', 'as erased', 'by Ana')]],
  ],
};

/** Lines that are not as an event is written, though some readers of JSON take them for it: each is made of the line of event 6. */
const LINES: Record<string, (line: string) => string> = {
  'line-salt-with-a-blank': (line) => line.replace(/"salt":"(..)/, '"salt":"$1 '),
  'line-salt-of-no-hex': (line) => line.replace(/"salt":"([^"]*)"/, '"salt":"$1zz"'),
  'line-salt-with-half-a-digit': (line) => line.replace(/"salt":"([^"]*)"/, '"salt":"$1a"'),
  'line-salt-with-a-line-end': (line) => line.replace(/"salt":"([^"]*)"/, '"salt":"$1\\n"'),
  'line-salt-in-capitals': (line) => line.replace(/"salt":"([^"]*)"/, (whole) => whole.toUpperCase().replace('SALT', 'salt')),
  'line-number-with-a-fraction': (line) => line.replace('"seq":6', '"seq":6.0'),
  'line-number-with-an-exponent': (line) => line.replace('"seq":6', '"seq":6e0'),
  'line-not-a-number': (line) => line.replace('"seq":6', '"seq":6,"more":NaN'),
  'line-member-more': (line) => line.replace('"seq":6', '"seq":6,"more":1'),
  'line-member-twice': (line) => line.replace('"seq":6', '"seq":9,"seq":6'),
  'line-with-a-blank': (line) => line.replace('"seq":6', '"seq": 6'),
  'line-ended-as-on-windows': (line) => `${line}\r`,
};

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
  for (const [name, said] of Object.entries(ERASED_FOR_NOTHING)) {
    files.set(`broken/${name}.jsonl`, jsonl(erase(chainOf(said), 8)));
    files.set(`broken/${name}.checkpoints.jsonl`, jsonl([signed(chainOf(said), said.length)]));
  }
  for (const [name, written] of Object.entries(LINES)) {
    const lines = jsonl(erase(good, 8)).split('\n');
    files.set(`broken/${name}.jsonl`, lines.map((line, index) => (index === 5 ? written(line) : line)).join('\n'));
  }
  files.set('broken/signed-by-a-stranger.jsonl', jsonl(erase(good, 8)));
  files.set('broken/signed-by-a-stranger.checkpoints.jsonl', jsonl([signed(good, 12, STRANGER)]));
  files.set('broken/signature-over-another-head.jsonl', jsonl(erase(good, 8)));
  files.set('broken/signature-over-another-head.checkpoints.jsonl', jsonl([{ ...signed(good, 12), seq: 11, hash: good[10]?.hash }]));
  files.set('torn-heads.jsonl', jsonl(erase(good, 8)));
  files.set('torn-heads.checkpoints.jsonl', tornHeads(good));
  files.set('broken/unsigned-end.jsonl', jsonl(erase(good, 8)));
  files.set('broken/unsigned-end.checkpoints.jsonl', jsonl([signed(good, 5), signed(good, 9)]));
  const erasedWrongly = Object.entries(ERASED_WRONGLY).map(([name, said]): [string, Said[]] => [`broken/${name}`, [...BOUND, said]]);
  for (const [name, said] of Object.entries({
    'rows-bound': BOUND,
    'broken/row-bound-again': BOUND_AGAIN,
    ...Object.fromEntries(erasedWrongly),
  })) {
    files.set(`${name}.jsonl`, jsonl(chainOf(said)));
    files.set(`${name}.checkpoints.jsonl`, jsonl([signed(chainOf(said), said.length)]));
  }
  const restored = chainOf(RESTORED);
  files.set('restored.jsonl', jsonl(restored));
  files.set('restored.checkpoints.jsonl', jsonl(restoredHeads(good, restored)));
  files.set('broken/restored-undeclared.jsonl', jsonl(restored));
  files.set('broken/restored-undeclared.checkpoints.jsonl', jsonl(restoredHeads(good, restored).filter((head) => !head.restored)));
  for (const [folder, parts] of Object.entries({
    ...exports(good),
    ...exportsOfForgeries(good),
    ...exportsAfterRestore(good),
    ...exportsByOtherKeys(good),
    ...exportsByAReplacedKey(good),
    ...exportsWithStrayFiles(good),
  })) {
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
  const notes = whole.filter(({ action }) => action === 'note.added');
  const explained = whole.filter(({ action }) => ['note.added', 'payload.erased', 'case.erased'].includes(action));
  const besides = (events: ExportedEvent[]) => good.filter(({ seq }) => !events.some((event) => event.seq === seq)).map(bare);
  const noted = (events: ExportedEvent[]) =>
    exported({ events, links: besides(events), head: signed(good, 12), filter: { action: 'notes' } });
  const filtered = exported({ events: decided, links: others.map(bare), head: signed(good, 9), filter: { action: 'decisions' } });
  return {
    'export-whole': all,
    'export-month': exported({ ...month, head: signed(good, 9), filter: { from: '2026-01-31', to: '2026-01-31' } }),
    'export-filtered': filtered,
    'export-selection': exported({ events: decided, head: signed(good, 12), filter: { action: 'decisions' }, complete: false }),
    'export-filtered-with-its-erasures': noted(explained),
    'broken/export-filtered-without-its-erasures': noted(notes),
    'broken/export-filtered-without-the-erasure-of-the-case': noted(explained.slice(0, -1)),
    'export-of-nothing': exported({ events: [], head: signed(good, 12), filter: { actor: 'nobody' } }),
    'broken/export-file-changed': { ...all, 'checkpoints.jsonl': jsonl([signed(good, 5)]) },
    'broken/export-file-missing': Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'checkpoints.jsonl')),
    'broken/export-cut-short': exported({ events: whole.slice(0, 9), head: signed(good, 12) }),
    'broken/export-of-other-head': exported({ events: [...good.slice(0, 6), ...chain('verification:7').slice(6)], head: signed(good, 12) }),
    'broken/export-decision-left-out': exported({ events: decided.slice(1), links: others.map(bare), head: signed(good, 9) }),
    'broken/export-event-in-both': exported({ events: decided, links: good.slice(0, 9).map(bare), head: signed(good, 9) }),
  };
}

/** Chains changed by the owner of the tables, whose new head the signer was made to sign; the earlier heads go along. */
function exportsOfForgeries(good: ExportedEvent[]): Record<string, Record<string, string>> {
  const heads = [5, 9, 12].map((seq) => signed(good, seq));
  const laterHead = (events: ExportedEvent[], seq: number) => signed(events, seq, KEY, { minute: 30 });
  const end = [...good.slice(0, 6), ...chain('verification:7').slice(6)];
  const all = chain('verification:5', 'Somebody else');
  const forged = (events: ExportedEvent[], seq = events.length) => {
    const head = laterHead(events, seq);
    return exported({ events, head, checkpoints: [...heads, head] });
  };
  return {
    'broken/export-forged-end-signed': forged(end),
    'broken/export-forged-whole-signed': forged(erase(all, 8)),
    'broken/export-newest-deleted-signed': forged(erase(good, 8).slice(0, 9)),
    'broken/export-forged-month-signed': exported({
      ...{ events: end.slice(9), head: laterHead(end, 12), checkpoints: [...heads, laterHead(end, 12)] },
      filter: { from: '2026-01-31' },
    }),
  };
}

/** A restore that was declared, and others that were not, or not by who holds the key. */
function exportsAfterRestore(good: ExportedEvent[]): Record<string, Record<string, string>> {
  const events = chainOf(RESTORED);
  const heads = restoredHeads(good, events);
  const [, , lost, declared, last] = heads as [Checkpoint, Checkpoint, Checkpoint, Checkpoint, Checkpoint];
  const first = heads.slice(0, 2);
  const narrow = signed(events, 10, KEY, { minute: 20, restored: { from: 10, to: 11 } });
  const foreign = signed(events, 10, STRANGER, { minute: 20, restored: { from: 10, to: 12 } });
  const late = signed(good, 12, KEY, { minute: 25 });
  const archive = (checkpoints: Checkpoint[]) => exported({ events, head: last, checkpoints });
  return {
    'export-restored': archive(heads),
    'export-restored-later-part': exported({ events: events.slice(10), head: last, checkpoints: heads, filter: { from: '2026-01-31' } }),
    'broken/export-restored-undeclared': archive([...first, lost, last]),
    'broken/export-restored-declared-by-a-stranger': archive([...first, lost, foreign, last]),
    'broken/export-restored-declared-too-little': archive([...first, lost, narrow, last]),
    'broken/export-cut-after-a-restore': archive([...first, declared, late, last]),
  };
}

/** Missing and foreign signatures, and keys that were replaced. */
function exportsByOtherKeys(good: ExportedEvent[]): Record<string, Record<string, string>> {
  const whole = erase(good, 8);
  const decided = whole.filter(({ action }) => action === 'decision.made');
  const rotated = chainOf(ROTATED);
  const early = [5, 9].map((seq) => signed(rotated, seq, REPLACED));
  const cut = exported({ events: good.slice(0, 9), head: null, key: null });
  const selection = { events: decided, filter: { action: 'decisions' }, complete: false };
  const changed = exported({ events: whole, head: signed(good, 12) });
  return {
    'export-unsigned': cut,
    'export-key-replaced': exported({ events: rotated, head: signed(rotated, 11), checkpoints: [...early, signed(rotated, 11)] }),
    'broken/export-unsigned-under-a-key': cut,
    'broken/export-selection-unsigned': exported({ ...selection, head: signed(good, 12), key: null }),
    'broken/export-selection-without-head': exported({ ...selection, head: null }),
    'broken/export-emptied': exported({ events: [], head: signed(good, 12), key: null }),
    'broken/export-by-a-stranger': exported({ events: whole, head: signed(good, 12, STRANGER), key: STRANGER }),
    'broken/export-manifest-by-a-stranger': exported({ events: whole, head: signed(good, 12), key: STRANGER }),
    'broken/export-manifest-changed': {
      ...changed,
      'manifest.json': (changed['manifest.json'] ?? '').replace('"audit-log"', '"case-pack"'),
    },
    'broken/export-key-not-vouched-for': exported({
      ...{ events: whole, head: signed(good, 12), checkpoints: [signed(good, 5, REPLACED), signed(good, 12)] },
    }),
  };
}

/** What a key signed after it was replaced, and what it had signed of events that were lost before. */
function exportsByAReplacedKey(good: ExportedEvent[]): Record<string, Record<string, string>> {
  const events = chainOf(SIGNED_ON);
  const early = [5, 9].map((seq) => signed(events, seq, REPLACED));
  const own = [...early, signed(events, 11)];
  const late = signed(events, 13, REPLACED);
  const until = (seq: number) => events.slice(0, seq);
  const after = chainOf(ROTATED_IN_A_RESTORE);
  const lost = [5, 9, 12].map((seq) => signed(good, seq, REPLACED));
  const declared = signed(after, 11, KEY, { minute: 20, restored: { from: 10, to: 12 } });
  const last = signed(after, 12, KEY, { minute: 30 });
  return {
    'export-key-replaced-in-a-restore': exported({ events: after, head: last, checkpoints: [...lost, declared, last] }),
    'broken/export-signed-on-by-the-replaced-key': exported({ events, head: late, checkpoints: [...own, late], key: REPLACED }),
    'broken/export-head-by-the-replaced-key': exported({ events, head: late, checkpoints: [...own, late] }),
    'broken/export-manifest-by-the-replaced-key': exported({
      events: until(11),
      head: signed(events, 11),
      checkpoints: own,
      key: REPLACED,
    }),
    'broken/export-manifest-dated-back-by-the-replaced-key': exported({
      ...{ events: until(11), head: signed(events, 9, REPLACED), checkpoints: own, key: REPLACED },
    }),
  };
}

/** Signed exports that somebody laid a file beside, which the manifest does not name. */
function exportsWithStrayFiles(good: ExportedEvent[]): Record<string, Record<string, string>> {
  const whole = erase(good, 8);
  const head = signed(good, 12);
  const log = exported({ events: whole, head });
  const nothing = exported({ events: [], log: false, head, complete: false });
  const forged = jsonl([rehashed({ ...(good[4] as ExportedEvent), seq: 500, actorName: 'Somebody else' })]);
  return {
    'export-without-log': nothing,
    'broken/export-log-not-named': { ...nothing, 'audit-log.jsonl': forged },
    'broken/export-links-not-named': { ...log, 'audit-links.jsonl': '' },
    'broken/export-heads-not-named': { ...log, 'checkpoints.jsonl': jsonl([signed(good, 5)]) },
  };
}

/** The heads before the restore, one of a lost event, the declaration, and one of the chain that went on. */
function restoredHeads(good: ExportedEvent[], events: ExportedEvent[]): Checkpoint[] {
  const declared = signed(events, 10, KEY, { minute: 20, restored: { from: 10, to: 12 } });
  return [signed(good, 5), signed(good, 9), signed(good, 12), declared, signed(events, 12, KEY, { minute: 30 })];
}

/** Three heads as a power cut left them: one line glued to the next, and the last one without its end. */
function tornHeads(good: ExportedEvent[]): string {
  const [first, second, third] = [5, 9, 12].map((seq) => jsonl([signed(good, seq)])) as [string, string, string];
  return `${first}${first.slice(0, 60)}${second}${third}${third.slice(0, 90)}`;
}

interface Parts {
  events: ExportedEvent[];
  links?: ExportedLink[];
  /** False for an export of another kind, which holds no log. */
  log?: boolean;
  checkpoints?: Checkpoint[];
  head: Checkpoint | null;
  filter?: Record<string, unknown>;
  complete?: boolean;
  /** Who signs the manifest; null for nobody. */
  key?: SigningKey | null;
}

function exported({
  events,
  links,
  log = true,
  checkpoints,
  head,
  filter = {},
  complete = true,
  key = KEY,
}: Parts): Record<string, string> {
  const verifiable = (one: Checkpoint) => ({ ...one, publicKey: PUBLIC_KEYS.get(one.keyId) ?? '' });
  const held = [...events, ...(links ?? [])].map(({ seq }) => seq);
  const data: Record<string, string> = {
    ...(log && { 'audit-log.jsonl': jsonl(events) }),
    ...(links && { 'audit-links.jsonl': jsonl(links) }),
    ...(checkpoints && { 'checkpoints.jsonl': jsonl(checkpoints.map(verifiable)) }),
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
    head: head && verifiable(head),
    keys: [],
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const signature = key && { keyId: key.keyId, publicKey: key.publicKey, signature: signManifest(key, Buffer.from(text)) };
  return { ...data, 'manifest.json': text, ...(signature && { 'manifest.sig': jsonl([signature]) }) };
}

/** Twelve events. From number seven on `subject` may be another one, from the first on the actor. */
function chain(subject = 'verification:5', actorName = AWKWARD): ExportedEvent[] {
  return chainOf(SAID, subject, actorName);
}

function chainOf(said: readonly Said[], subject = 'verification:5', actorName = AWKWARD): ExportedEvent[] {
  const events: ExportedEvent[] = [];
  said.forEach(([action, about, data, rows], index) => {
    const seq = index + 1;
    const origin = { ip: '192.0.2.7', requestId: `r${seq}`, userAgent: null };
    const payload = { salt: sha256(`salt ${seq}`), data: JSON.stringify({ data, origin, ...(rows && { rows }) }) };
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

function signed(
  events: readonly Head[],
  seq: number,
  key = KEY,
  { minute = seq, restored }: { minute?: number; restored?: LostRange } = {},
): Checkpoint {
  const { hash } = events[seq - 1] as Head;
  return signHead(key, { seq, hash }, new Date(Date.UTC(2026, 0, 31, 13, minute)), restored);
}

function jsonl(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
