// Verifies an export of the audit log of Second Look. One file, nothing but Node (18 or newer), no network; it only reads.
//
//   node verify.mjs FOLDER                    an export: manifest.json, audit-log.jsonl and what lies beside them
//   node verify.mjs LOG.jsonl                 a log alone, from its first event on (--segment: from whichever comes first)
//     --checkpoints FILE.jsonl                heads that were signed, to hold a log alone against
//     --key HEX                               the public key you were given; without it the one in the export is believed
//     --json                                  the verdict as JSON
//
// What is shown: every event follows the one before it (a sha256 over each, the hash before it included), every payload is the one
// its event committed to, no number is missing, and the log leads to a head somebody signed (Ed25519). The first thing that is not so is named.
// What is not: that the one who holds the signing key did not write the log anew before anybody else saw a signed head of it.
// Ends with 0 when whole, 1 when broken, 2 when there is nothing to verify.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { fileURLToPath } from 'node:url';

const MEMBERS = ['action', 'actorId', 'actorName', 'actorRole', 'at', 'payloadHash', 'prevHash', 'seq', 'subject'];
const ZEROS = '0'.repeat(64);

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

/** Ed25519 over "second-look/audit/checkpoint/v1" 00 and at, hash, keyId, seq as JSON. keyId is the start of the key's sha256. */
function isSigned({ seq, hash, at, keyId, signature }, publicKey) {
  const raw = Buffer.from(publicKey, 'hex');
  if (createHash('sha256').update(raw).digest('hex').slice(0, 16) !== keyId) return false;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
  const text = `second-look/audit/checkpoint/v1\0${JSON.stringify({ at, hash, keyId, seq })}`;
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'));
}

// THE WALK ----------------------------------------------------------------------------------------------------------

/**
 * Walks the log at `path`, a folder or a file. Answers { whole: true, events, erased, firstSeq, lastSeq, complete, signed, notes } or
 * { whole: false, broken: { seq, field, expected, found } }.
 * @param {string} path
 * @param {{ checkpoints?: string, key?: string, segment?: boolean }} [options]
 */
export async function verifyExport(path, { checkpoints: file, key, segment = false } = {}) {
  const folder = statSync(path).isDirectory();
  const manifest = folder ? JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) : null;
  if (manifest && manifest.format !== 'second-look/export/v1') throw new Error(`This is no format known here: ${manifest.format}.`);
  const beside = (name) => (folder && existsSync(join(path, name)) ? join(path, name) : null);
  const log = folder ? beside('audit-log.jsonl') : path;
  const links = beside('audit-links.jsonl');
  try {
    const heads = [...readHeads(file ?? beside('checkpoints.jsonl')), ...(manifest?.head ? [manifest.head] : [])];
    heads.sort((a, b) => a.seq - b.seq);
    for (const head of heads) requireSignature(head, key ?? head.publicKey ?? manifest?.head?.publicKey);
    const sums = new Map();
    const state = newState(manifest, heads, segment);
    if (log) for await (const event of inOrder(readEvents(log, sums), links ? readEvents(links, sums) : none())) step(state, event);
    finish(state, manifest);
    if (manifest) await requireFiles(path, manifest, sums);
    return verdictOf(state, manifest, key);
  } catch (failure) {
    if (failure instanceof Broken) return { whole: false, broken: failure.broken };
    throw failure;
  }
}

function newState(manifest, heads, segment) {
  const complete = manifest?.complete ?? true;
  const firstSeq = manifest ? manifest.firstSeq : segment ? null : 1;
  return { complete, firstSeq, first: null, last: null, events: 0, erased: 0, withheld: 0, heads, signed: null, gone: new Set() };
}

/** One event after `state.last`. */
function step(state, event) {
  const { last } = state;
  const next = last ? last.seq + 1 : (state.firstSeq ?? event.seq);
  if (state.complete || !last ? event.seq !== next : event.seq < next) throw new Broken(next, 'seq', next, event.seq);
  const before = last?.seq === event.seq - 1 ? last.hash : event.seq === 1 ? ZEROS : event.prevHash;
  if (event.prevHash !== before) throw new Broken(event.seq, 'prevHash', before, event.prevHash);
  if (event.salt === undefined) state.withheld += 1;
  else if (event.salt === null) {
    state.erased += 1;
    state.gone.add(event.seq);
  } else {
    const committed = hashOfPayload(event);
    if (event.payloadHash !== committed) throw new Broken(event.seq, 'payloadHash', committed, event.payloadHash);
    if (event.action === 'payload.erased') for (const seq of JSON.parse(event.data).data?.events ?? []) state.gone.delete(seq);
  }
  const hash = hashOfEvent(event);
  if (event.hash !== hash) throw new Broken(event.seq, 'hash', hash, event.hash);
  if (event.salt !== undefined) state.events += 1;
  state.first ??= event;
  state.last = event;
  while (state.heads.length > 0 && state.heads[0].seq <= event.seq) {
    const head = state.heads.shift();
    if (head.seq < event.seq) continue;
    if (head.hash !== hash) throw new Broken(event.seq, 'checkpoint', `${head.hash}, as signed at ${head.at}`, hash);
    state.signed = head;
  }
}

/** The end must be where it was signed to be, and nothing may have gone without an event that says so. */
function finish({ complete, heads, last, first, firstSeq, withheld, gone }, manifest) {
  const end = last?.seq ?? (firstSeq ?? 1) - 1;
  if (manifest && (manifest.lastSeq ?? end) !== end)
    throw new Broken(end + 1, 'seq', `events up to ${manifest.lastSeq}`, 'the end of the log');
  const beyond = heads.at(-1);
  if (complete && beyond && (last || !manifest))
    throw new Broken(end + 1, 'checkpoint', `events up to ${beyond.seq}, as signed at ${beyond.at}`, 'the end of the log');
  const [lost] = gone;
  if (complete && first?.seq === 1 && withheld === 0 && lost !== undefined)
    throw new Broken(lost, 'payload', 'a payload, or an event that says it was erased', 'neither');
}

function verdictOf({ complete, events, erased, first, last, signed }, manifest, key) {
  const notes = [];
  if (!complete) notes.push('This is a selection: each event is shown to be what was recorded, not that none was left out.');
  if (!signed) notes.push('No signed head binds the end of this log.');
  else if (!key)
    notes.push(`The key ${signed.keyId} came with the export. Compare it with the one you were given, or pass that with --key.`);
  if (!manifest) notes.push('There is no manifest: only the log itself was looked at.');
  const at = { firstSeq: first?.seq ?? null, lastSeq: last?.seq ?? null };
  return { whole: true, events, erased, ...at, complete, signed: signed && { seq: signed.seq, at: signed.at, keyId: signed.keyId }, notes };
}

function requireSignature(head, publicKey) {
  if (publicKey && isSigned(head, publicKey)) return;
  throw new Broken(head.seq, 'signature', 'a signature of a known key over this head', `none (${head.keyId})`);
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

function parsed(line, seq) {
  try {
    const event = JSON.parse(line);
    const texts = [...MEMBERS, 'hash'].every((name) =>
      name === 'seq' ? Number.isSafeInteger(event.seq) : typeof event[name] === 'string',
    );
    const payload = typeof event.salt === 'string' ? typeof event.data === 'string' : event.salt === event.data;
    if (texts && payload) return event;
  } catch {
    // Told below.
  }
  throw new Broken(seq, 'line', 'an event', 'something else');
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

function readHeads(file) {
  if (!file) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line));
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
  const { events, erased, firstSeq, lastSeq, complete, signed, notes } = verdict;
  const range = events === 0 ? 'No events' : `${events} events between ${firstSeq} and ${lastSeq}`;
  return [
    `WHOLE. ${range}${complete ? ', each bound to the one before it' : ''}${erased ? `; the details of ${erased} were erased` : ''}.`,
    ...(signed ? [`Signed up to event ${signed.seq} at ${signed.at} by key ${signed.keyId}.`] : []),
    ...notes,
  ].join('\n');
}

async function main(args) {
  const option = (name) => (args.includes(name) ? args.splice(args.indexOf(name), 2)[1] : undefined);
  const flag = (name) => args.includes(name) && args.splice(args.indexOf(name), 1).length === 1;
  const [checkpoints, key, segment, json] = [option('--checkpoints'), option('--key'), flag('--segment'), flag('--json')];
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
