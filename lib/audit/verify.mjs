// Verifies an export of the audit log of Second Look. One file, nothing but Node (18 or newer), no network; it only reads.
//
//   node verify.mjs FOLDER                    an export: manifest.json, audit-log.jsonl and what lies beside them
//   node verify.mjs LOG.jsonl                 a log alone, from its first event on (--segment: from whichever comes first)
//     --checkpoints FILE.jsonl                more signed heads to compare with the log, for example those of an earlier export
//     --key HEX                               the public key you were given; may be repeated where the key was changed
//     --json                                  the verdict as JSON
//
// What is shown: every event follows the one before it (a sha256 over each, the hash before it included), every payload is the one
// its event committed to, no number is missing, and the log leads to every head that was signed (Ed25519). The first thing that is not so is named.
//
// With --key, the end of a log and the manifest of an export must be signed by a key you gave; a missing or foreign signature is exit 1. A key that
// was replaced counts as given once a log signed by a key you gave holds the event `key.rotated` that names it; otherwise give both keys. Whatever it
// signed after that event is exit 1, and so is a manifest it signed for a log that holds that event. Without --key, the verdict says "unsigned", or names the key that came with the export: anyone can make such a key, so compare it with the one you were given.
//
// Events lost in a restore of the database are named as a gap where a signed head declares them (event `log.restored`); heads of lost events then do not
// contradict the log. A line of signed heads that is no head, as a power cut leaves it, is skipped and named.
//
// A log, links or signed heads beside a manifest that does not name them are exit 1.
//
// What is not shown: that the one who holds the signing key did not write the log anew before anybody else saw a signed head of it; and, by an older
// export, what happened later.
// Ends with 0 when whole, 1 when broken, 2 when there is nothing to verify.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { fileURLToPath } from 'node:url';

const MEMBERS = ['action', 'actorId', 'actorName', 'actorRole', 'at', 'payloadHash', 'prevHash', 'seq', 'subject'];
const ZEROS = '0'.repeat(64);
/** Tables whose rows are about several cases. */
const SHARED = ['batch', 'proposed_change', 'change_verdict'];
const KNOWN = 'a signature of a known key over this head';
const GIVEN = 'a signature of a key you gave';

/**
 * Which events bind rows of the console's tables, by the kind of row, and the tables of a kind where it is not the one of its name: so many
 * payloads as an erasure takes, so many rows it binds again.
 */
export const KINDS = {
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
};
export const KIND_OF_TABLE = { evidence_drift: 'evidence_hash' };
const KIND_OF_ACTION = new Map(Object.entries(KINDS).flatMap(([kind, actions]) => actions.map((action) => [action, kind])));
const kindOf = (table) => KIND_OF_TABLE[table] ?? (Object.hasOwn(KINDS, table) ? table : undefined);
/** The members of a line of the log, and of its links, in their order. */
const LINK = ['seq', 'at', 'actorId', 'actorName', 'actorRole', 'action', 'subject', 'payloadHash', 'prevHash', 'hash'];
const LINK_KEYS = LINK.join();
const EVENT_KEYS = [...LINK, 'salt', 'data'].join();

/** Thrown at the first thing that is not as it must be. */
class Broken extends Error {
  constructor(seq, field, expected, found) {
    super(`Event ${seq}, ${field}: expected ${expected}, found ${found}.`);
    this.broken = { seq, field, expected: String(expected), found: String(found) };
  }
}

// THE TWO HASHES AND THE SIGNATURE ----------------------------------------------------------------------------------

/** sha256( "second-look/audit/event/v1" 00 body ), body being the nine members as JSON without blanks, sorted by name. */
function hashOfEvent(event) {
  const body = `{${MEMBERS.map((name) => `"${name}":${JSON.stringify(event[name])}`).join(',')}}`;
  return createHash('sha256').update(`second-look/audit/event/v1\0${body}`).digest('hex');
}

/** sha256( "second-look/audit/payload/v1" 00 salt data ). */
function hashOfPayload({ salt, data }) {
  return createHash('sha256').update('second-look/audit/payload/v1\0').update(Buffer.from(salt, 'hex')).update(data).digest('hex');
}

/** Ed25519 over "second-look/audit/checkpoint/v1" 00 and at, hash, keyId, restored (where it is there), seq as JSON. */
function isSigned({ seq, hash, at, keyId, signature, restored }, publicKey) {
  const lost = restored && { restored: { from: restored.from, to: restored.to } };
  const text = `second-look/audit/checkpoint/v1\0${JSON.stringify({ at, hash, keyId, ...lost, seq })}`;
  return keyIdOf(publicKey) === keyId && verifies(publicKey, Buffer.from(text), signature);
}

/** Ed25519 over "second-look/export/manifest/v1" 00 and the bytes of manifest.json. */
function isSignedManifest(bytes, { keyId, publicKey, signature }) {
  const text = Buffer.concat([Buffer.from('second-look/export/manifest/v1\0'), bytes]);
  return keyIdOf(publicKey) === keyId && verifies(publicKey, text, signature);
}

/** The first 16 hex digits of the key's sha256. */
function keyIdOf(publicKey) {
  return createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex').slice(0, 16);
}

const read = new Map();

function verifies(publicKey, text, signature) {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  if (!read.has(publicKey)) read.set(publicKey, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
  return verify(null, text, read.get(publicKey), Buffer.from(signature, 'hex'));
}

// THE WALK ----------------------------------------------------------------------------------------------------------

/**
 * Walks the log at `path`, a folder or a file. Resolves to { whole: true, events, erased, firstSeq, lastSeq, complete, signed, trust, gaps, torn, notes } or
 * { whole: false, broken: { seq, field, expected, found } }. `trust` is "given-key", "own-key" or "unsigned".
 * @param {string} path
 * @param {{ checkpoints?: string, key?: string | string[], segment?: boolean }} [options]
 */
export async function verifyExport(path, { checkpoints: file, key, segment = false } = {}) {
  const keys = [key ?? []].flat();
  for (const one of keys) if (!/^[0-9a-f]{64}$/.test(one)) throw new Error('A public key has 64 hex digits in lower case.');
  const folder = statSync(path).isDirectory();
  const bytes = folder ? readFileSync(join(path, 'manifest.json')) : null;
  const manifest = bytes && JSON.parse(bytes.toString('utf8'));
  if (manifest && manifest.format !== 'second-look/export/v1') throw new Error(`This is no format known here: ${manifest.format}.`);
  const beside = (name) => (folder && existsSync(join(path, name)) ? join(path, name) : null);
  const log = folder ? beside('audit-log.jsonl') : path;
  const links = beside('audit-links.jsonl');
  try {
    if (manifest) requireNamed(manifest, beside);
    const files = [beside('checkpoints.jsonl'), file].map(readHeads);
    const [heads, torn] = [files.flatMap((one) => one.heads), files.flatMap((one) => one.torn)];
    if (manifest?.head) heads.push(requireHead(manifest.head, manifest.lastSeq ?? 0));
    heads.sort((a, b) => a.seq - b.seq || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const known = new Map([...keys, ...heads.flatMap(({ publicKey }) => publicKey ?? [])].map((one) => [keyIdOf(one), one]));
    for (const head of heads) requireSignature(head, known.get(head.keyId));
    const signature = bytes && readManifestSignature(beside('manifest.sig'), bytes, manifest.lastSeq ?? 0);
    const sums = new Map();
    const state = newState(manifest, heads, segment);
    if (log) for await (const event of inOrder(readEvents(log, sums), links ? readEvents(links, sums) : none())) step(state, event);
    finish(state, manifest);
    requireReplaced(state, signature);
    if (keys.length > 0) requireKeys(state, manifest, signature, keys);
    if (manifest) await requireFiles(path, manifest, sums);
    return verdictOf(state, manifest, signature, keys, torn);
  } catch (failure) {
    if (failure instanceof Broken) return { whole: false, broken: failure.broken };
    throw failure;
  }
}

function newState(manifest, heads, segment) {
  const complete = manifest?.complete ?? true;
  const firstSeq = manifest ? manifest.firstSeq : segment ? null : 1;
  const counts = { events: 0, erased: 0, gone: new Map(), waiting: new Map(), rows: new Map() };
  return { complete, firstSeq, first: null, last: null, ...counts, heads, next: 0, signed: [], held: [], open: [], replaced: [] };
}

/** One event after `state.last`. */
function step(state, event) {
  const { last } = state;
  const next = last ? last.seq + 1 : (state.firstSeq ?? event.seq);
  if (state.complete || !last ? event.seq !== next : event.seq < next) throw new Broken(next, 'seq', next, event.seq);
  const before = last?.seq === event.seq - 1 ? last.hash : event.seq === 1 ? ZEROS : event.prevHash;
  if (event.prevHash !== before) throw new Broken(event.seq, 'prevHash', before, event.prevHash);
  if (event.salt === null) {
    state.erased += 1;
    state.gone.set(event.seq, event);
  } else if (event.salt !== undefined) {
    const committed = hashOfPayload(event);
    if (event.payloadHash !== committed) throw new Broken(event.seq, 'payloadHash', committed, event.payloadHash);
  }
  const hash = hashOfEvent(event);
  if (event.hash !== hash) throw new Broken(event.seq, 'hash', hash, event.hash);
  const said = event.data?.includes('"rows":[{') || (event.data && event.action === 'payload.erased') ? (parsedJson(event.data) ?? {}) : {};
  const erasing = takeRows(state, event, boundIn(said));
  if (event.action === 'payload.erased') sayErased(state, event, said);
  else if (erasing) settle(state, event, erasing);
  if (event.salt !== undefined) state.events += 1;
  if (!state.first) begin(state, event);
  state.last = event;
  if (event.action === 'key.rotated') state.replaced.push({ seq: event.seq, key: event.subject.replace(/^key:/, '') });
  compareHeads(state, event.seq, hash, event.action);
}

/**
 * The hash of a row in the console's tables is bound once. Only the erasure of its case may bind it again, as it left it: the event then binds
 * a new row of `erasure`, is about the same case, and repeats `lasting`, the hash of what an erasure leaves alone.
 */
function takeRows({ rows }, { seq, action, subject }, bound) {
  const erases = action === 'case.erased' && bound.some(({ table, id }) => table === 'erasure' && !rows.has(`erasure ${id}`));
  for (const { table, id, sha256, lasting = sha256 } of bound) {
    const row = `${table} ${id}`;
    const before = rows.get(row);
    const about = before?.about ?? subject;
    const own = about === subject || !about.startsWith('verification:') || SHARED.includes(table);
    if (before && before.sha256 !== sha256 && !(erases && own && before.lasting === lasting))
      throw new Broken(seq, 'rows', `${row} with the hash ${before.sha256}`, sha256);
    rows.set(row, { sha256, lasting, about });
  }
  return erases ? bound : null;
}

/** The rows an event binds; none where one of them is no such row. */
function boundIn(said) {
  const text = (value) => typeof value === 'string';
  const fits = (row) => text(row?.table) && text(row.id) && text(row.sha256) && (row.lasting === undefined || text(row.lasting));
  return Array.isArray(said.rows) && said.rows.every(fits) ? said.rows : [];
}

/**
 * A payload may be gone only where an event `payload.erased` names its event, and a later `case.erased` about the same subject, which binds a
 * new row of `erasure`, binds as many rows of its kind again as went. An event about a case goes with that case alone.
 */
function sayErased({ gone, waiting }, { subject }, said) {
  const events = Array.isArray(said.data?.events) ? said.data.events : [];
  for (const seq of events) {
    const event = gone.get(seq);
    if (!event || event.said || (event.subject !== subject && event.subject.startsWith('verification:'))) continue;
    event.said = true;
    if (!waiting.has(subject)) waiting.set(subject, []);
    waiting.get(subject).push(seq);
  }
}

function settle({ gone, waiting }, { subject }, bound) {
  const left = new Map();
  for (const { table } of bound) left.set(kindOf(table), (left.get(kindOf(table)) ?? 0) + 1);
  for (const seq of (waiting.get(subject) ?? []).sort((a, b) => a - b)) {
    const kind = KIND_OF_ACTION.get(gone.get(seq).action);
    const amount = kind === undefined ? 1 : (left.get(kind) ?? 0);
    left.set(kind, amount - 1);
    if (amount > 0) gone.delete(seq);
  }
  waiting.delete(subject);
}

/** The first event shows the hash of the one before it. Losses declared earlier count: this log goes on from there. */
function begin(state, event) {
  state.first = event;
  const earlier = state.heads.filter(({ seq }) => seq < event.seq);
  state.held = earlier.filter(({ restored }) => restored);
  state.next = earlier.filter(({ seq }) => seq < event.seq - 1).length;
  compareHeads(state, event.seq - 1, event.prevHash, null);
}

/** Every head of this number is the event's, or one of another event that was lost. */
function compareHeads(state, seq, hash, action) {
  for (let head = state.heads[state.next]; head && head.seq <= seq; head = state.heads[state.next]) {
    state.next += 1;
    if (head.seq < seq) continue;
    if (head.hash === hash) {
      state.signed.push(head);
      if (head.restored && action === 'log.restored') state.held.push(head);
      continue;
    }
    const broken = new Broken(seq, 'checkpoint', `${head.hash}, as signed at ${head.at}`, hash);
    if (!state.heads.some((one) => explains(one, head))) throw broken;
    state.open.push({ head, broken });
  }
}

/** A signed declaration of lost events explains the heads of them that were signed before it. */
function explains({ restored, at }, head) {
  return restored !== undefined && restored.from <= head.seq && head.seq <= restored.to && head.at < at;
}

/** The end must be where it was signed to be, and no payload may have gone without an erasure that took it. */
function finish({ complete, heads, next, held, open, last, firstSeq, gone }, manifest) {
  const explained = (head) => held.some((one) => explains(one, head));
  for (const { head, broken } of open) if (!explained(head)) throw broken;
  const end = last?.seq ?? (firstSeq ?? 1) - 1;
  if (manifest && (manifest.lastSeq ?? end) !== end)
    throw new Broken(end + 1, 'seq', `events up to ${manifest.lastSeq}`, 'the end of the log');
  const beyond = heads
    .slice(next)
    .filter((head) => !explained(head))
    .at(-1);
  if (complete && beyond && (last || !manifest))
    throw new Broken(end + 1, 'checkpoint', `events up to ${beyond.seq}, as signed at ${beyond.at}`, 'the end of the log');
  const [lost] = gone.keys();
  if (lost !== undefined) throw new Broken(lost, 'payload', 'a payload, or the erasure of a case that took it', 'neither');
}

/** A replaced key signs nothing after the event that replaced it. Heads of lost events stay what they are, whatever number was given again. */
function requireReplaced({ heads, held, last, replaced }, signature) {
  const until = new Map();
  for (const { seq, key } of replaced) {
    const keyId = /^[0-9a-f]{64}$/.test(key) ? keyIdOf(key) : null;
    if (keyId && !until.has(keyId)) until.set(keyId, seq);
  }
  const late = heads.find((head) => head.seq > until.get(head.keyId) && !held.some((one) => explains(one, head)));
  if (late) throw new Broken(late.seq, 'signature', 'one of a key still in use', replacedKey(late.keyId, until));
  if (signature && until.has(signature.keyId))
    throw new Broken(last.seq, 'signature', 'one of a key still in use, over manifest.json', replacedKey(signature.keyId, until));
}

function replacedKey(keyId, until) {
  return `one of key ${keyId}, which event ${until.get(keyId)} replaced`;
}

/** With a key: the end of the log, every head that was compared and the manifest are signed by it, or by a key it replaced. */
function requireKeys({ complete, heads, signed, first, last, replaced }, manifest, signature, keys) {
  const trusted = new Set(keys.map(keyIdOf));
  for (let before = -1; before !== trusted.size; ) {
    before = trusted.size;
    const newest = Math.max(0, ...signed.filter(({ keyId }) => trusted.has(keyId)).map(({ seq }) => seq));
    for (const { seq, key } of replaced) if (seq <= newest && /^[0-9a-f]{64}$/.test(key)) trusted.add(keyIdOf(key));
  }
  const end = last?.seq ?? 0;
  const foreign = heads.find(({ seq, keyId }) => last && seq >= first.seq - 1 && !trusted.has(keyId));
  if (foreign) throw new Broken(foreign.seq, 'signature', GIVEN, `one of key ${foreign.keyId}`);
  if (complete && (last || !manifest) && !signed.some(({ seq }) => seq === end)) throw new Broken(end, 'signature', GIVEN, 'none');
  if (!manifest) return;
  if (manifest.head && !trusted.has(manifest.head.keyId)) throw new Broken(end, 'signature', GIVEN, `one of key ${manifest.head.keyId}`);
  if (!manifest.head && last) throw new Broken(end, 'signature', GIVEN, 'none');
  if (!signature || !trusted.has(signature.keyId))
    throw new Broken(end, 'signature', `${GIVEN}, over manifest.json`, signature ? `one of key ${signature.keyId}` : 'none');
}

function verdictOf({ complete, events, erased, first, last, signed, held }, manifest, signature, keys, torn) {
  const head = signed.at(-1) ?? null;
  const endsSigned = head !== null && head.seq === last?.seq;
  const bound = manifest ? signature !== null && (endsSigned || !complete || !last) : endsSigned;
  const trust = keys.length > 0 ? 'given-key' : bound ? 'own-key' : 'unsigned';
  const own = signature?.keyId ?? head?.keyId;
  const gaps = held.map(({ restored, seq, at }) => ({ from: restored.from, to: restored.to, seq, at }));
  const notes = [];
  if (!complete && last) notes.push('This is a selection: nothing shows that no event was left out.');
  if (trust === 'unsigned') notes.push('UNSIGNED: no signature binds this, so whoever held it can have changed any of it.');
  if (trust === 'own-key')
    notes.push(`The key ${own} came with the export. Compare it with the one you were given, or pass that with --key.`);
  for (const { from, to, seq } of gaps) notes.push(`Events ${from} to ${to} were lost in a restore, as event ${seq} declares.`);
  for (const { file, line } of torn) notes.push(`Line ${line} of ${file} holds no signed head and was skipped.`);
  if (!manifest) notes.push('There is no manifest: only the log itself was looked at.');
  return {
    ...{ whole: true, events, erased, firstSeq: first?.seq ?? null, lastSeq: last?.seq ?? null, complete },
    signed: head && { seq: head.seq, at: head.at, keyId: head.keyId },
    ...{ trust, gaps, torn, notes },
  };
}

function requireSignature(head, publicKey) {
  if (publicKey && isSigned(head, publicKey)) return;
  throw new Broken(head.seq, 'signature', KNOWN, `none (${head.keyId})`);
}

// FILES -------------------------------------------------------------------------------------------------------------

/** Every event of a file in order. Afterwards its sha256 and length are in `sums`. */
async function* readEvents(file, sums) {
  const sum = createHash('sha256');
  const decoder = new StringDecoder('utf8');
  let [rest, bytes, seq] = ['', 0, 0];
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
    sum.update(chunk);
    bytes += chunk.length;
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const event = parsed(line, seq + 1);
      seq = event.seq;
      yield event;
    }
  }
  if (rest !== '') throw new Broken(seq + 1, 'line', 'a line that ends', 'the end of the file');
  sums.set(basename(file), { sha256: sum.digest('hex'), bytes });
}

/** A line is the JSON of exactly its members in their order, without blanks, as it was written: every verifier reads the same in it. */
function parsed(line, seq) {
  const event = parsedJson(line);
  if (isEvent(event) && JSON.stringify(event) === line && !/(?:^|[^\\])(?:\\\\)*\\ud[89a-f]/.test(line)) return event;
  throw new Broken(seq, 'line', 'an event', 'something else');
}

function isEvent(event) {
  if (typeof event !== 'object' || event === null || !Number.isSafeInteger(event.seq)) return false;
  const keys = Object.keys(event).join();
  if (keys !== EVENT_KEYS && keys !== LINK_KEYS) return false;
  if (!LINK.every((name) => name === 'seq' || typeof event[name] === 'string')) return false;
  if (keys === LINK_KEYS || (event.salt === null && event.data === null)) return true;
  return typeof event.data === 'string' && typeof event.salt === 'string' && /^[0-9a-f]{64}$/.test(event.salt);
}

async function* none() {}

/** Both, by their numbers; a number may be in one of them only, which the walk sees to. */
async function* inOrder(events, links) {
  let [a, b] = [await events.next(), await links.next()];
  while (!a.done || !b.done) {
    if (b.done || (!a.done && a.value.seq <= b.value.seq)) {
      yield a.value;
      a = await events.next();
    } else {
      yield b.value;
      b = await links.next();
    }
  }
}

/** The signed heads of a file, and which of its lines hold none. */
function readHeads(file) {
  const [heads, torn] = [[], []];
  if (!file) return { heads, torn };
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      const head = headOf(line);
      if (head) heads.push(head);
      else if (line !== '') torn.push({ file: basename(file), line: index + 1 });
    });
  return { heads, torn };
}

function headOf(line) {
  try {
    const head = JSON.parse(line);
    return isHead(head) ? head : null;
  } catch {
    return null;
  }
}

function isHead(head) {
  const hex = (value, digits) => typeof value === 'string' && value.length === digits && /^[0-9a-f]*$/.test(value);
  const count = (value) => Number.isSafeInteger(value) && value > 0;
  if (typeof head !== 'object' || head === null || !count(head.seq) || typeof head.at !== 'string') return false;
  if (!hex(head.hash, 64) || !hex(head.keyId, 16) || !hex(head.signature, 128)) return false;
  if (head.publicKey !== undefined && !hex(head.publicKey, 64)) return false;
  return head.restored === undefined || (count(head.restored?.from) && count(head.restored?.to));
}

function requireHead(head, seq) {
  if (isHead(head)) return head;
  throw new Broken(seq, 'signature', KNOWN, 'something else');
}

/** The signature of the manifest; null where there is none. One that does not fit is worse than none. */
function readManifestSignature(file, bytes, seq) {
  if (!file) return null;
  const found = parsedJson(readFileSync(file, 'utf8'));
  const hex = (value, digits) => typeof value === 'string' && value.length === digits && /^[0-9a-f]*$/.test(value);
  const fits = hex(found?.keyId, 16) && hex(found.publicKey, 64) && hex(found.signature, 128) && isSignedManifest(bytes, found);
  if (!fits) throw new Broken(seq, 'signature', 'a signature over manifest.json', 'one that does not fit');
  return found;
}

function parsedJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What is read beside the manifest is named by it: its signature binds no other file. */
function requireNamed({ files, lastSeq }, beside) {
  const named = new Set(files.map(({ name }) => name));
  const stray = ['audit-log.jsonl', 'audit-links.jsonl', 'checkpoints.jsonl'].find((name) => beside(name) && !named.has(name));
  if (stray) throw new Broken(lastSeq ?? 0, 'file', 'files that manifest.json names', stray);
}

/** Every file the manifest names is there, byte for byte. Those already read are not read again. */
async function requireFiles(folder, { files, lastSeq }, sums) {
  for (const { name, sha256, bytes } of files) {
    const file = join(folder, basename(name) === name ? name : '');
    const seq = lastSeq ?? 0;
    if (!existsSync(file) || !statSync(file).isFile()) throw new Broken(seq, 'file', name, 'no such file');
    if (!sums.has(name)) sums.set(name, await sumOf(file));
    if (sums.get(name).bytes !== bytes) throw new Broken(seq, 'file', `${bytes} bytes of ${name}`, sums.get(name).bytes);
    if (sums.get(name).sha256 !== sha256) throw new Broken(seq, 'file', `${sha256} of ${name}`, sums.get(name).sha256);
  }
}

async function sumOf(file) {
  const sum = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    sum.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: sum.digest('hex'), bytes };
}

// THE COMMAND -------------------------------------------------------------------------------------------------------

/** The verdict as sentences. */
export function told(verdict) {
  if (!verdict.whole) {
    const { seq, field, expected, found } = verdict.broken;
    return `BROKEN at event ${seq}, ${field}:\n  expected  ${expected}\n  found     ${found}`;
  }
  const { events, erased, firstSeq, lastSeq, complete, signed, trust, notes } = verdict;
  const range = events === 0 ? 'No events' : `${events} events between ${firstSeq} and ${lastSeq}`;
  return [
    `WHOLE${trust === 'unsigned' ? ' BUT UNSIGNED' : ''}. ${range}${complete ? ', each bound to the one before it' : ''}${erased ? `; the details of ${erased} were erased` : ''}.`,
    ...(signed ? [`Signed up to event ${signed.seq} at ${signed.at} by key ${signed.keyId}.`] : []),
    ...notes,
  ].join('\n');
}

async function main(args) {
  const option = (name) => (args.includes(name) ? args.splice(args.indexOf(name), 2)[1] : undefined);
  const all = (name) => (args.includes(name) ? [option(name)?.toLowerCase() ?? '', ...all(name)] : []);
  const flag = (name) => args.includes(name) && args.splice(args.indexOf(name), 1).length === 1;
  const [checkpoints, key, segment, json] = [option('--checkpoints'), all('--key'), flag('--segment'), flag('--json')];
  const verdict = await verifyExport(args[0] ?? '.', { checkpoints, key, segment });
  console.log(json ? JSON.stringify(verdict) : told(verdict));
  return verdict.whole ? 0 : 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2)).catch((failure) => {
    console.error(`Nothing could be verified: ${failure.message}`);
    return 2;
  });
}
