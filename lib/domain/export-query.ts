import { AUDIT_ACTIONS, type AuditAction } from './audit-event';
import { DECISION_OUTCOMES, type DecisionOutcome } from './reason-codes';
import { Refusal } from './refusal';
import { filterOf, parseSearchQuery, parseTag, type SearchFilter, type Span } from './search-query';
import { isStorableText } from './storable-text';
import type { Tag } from './verification';

/** What a population is narrowed to: everything the index can be, and the decision in force. */
export interface PopulationFilter extends SearchFilter {
  outcome: DecisionOutcome | null;
  /** When the decision in force was made, milliseconds since 1970. */
  decided: Span;
}

/** What an extract of the audit log is narrowed to. */
export interface AuditLogFilter {
  /** Milliseconds since 1970, both ends included. */
  at: Span;
  verificationId: number | null;
  action: AuditAction | null;
  /** Part of a name, in any case. */
  actor: string;
  /** Id of a user. */
  reviewer: string | null;
  /** Events on records that bear all of these tags. */
  tags: readonly Tag[];
  /** Decisions with this outcome. */
  outcome: DecisionOutcome | null;
}

export interface CasePackFilter {
  verificationId: number;
  /** Whether the evidence files go along. */
  files: boolean;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TEXT_MAX = 200;

/** Reads a population's parameters: those of the index, `outcome`, `decidedFrom`, `decidedTo`. Throws a Refusal `bad-request`. */
export function parsePopulationQuery(params: URLSearchParams): PopulationFilter {
  return {
    ...filterOf(parseSearchQuery(params)),
    outcome: outcomeOf(params),
    decided: { from: moment(params, 'decidedFrom', 0), to: moment(params, 'decidedTo', DAY_MS - 1) },
  };
}

/**
 * Reads `from`, `to`, `verification`, `action`, `actor`, `reviewer`, `tag` (name=value, several), `customer` (short for the tag
 * customerId) and `outcome`. Throws a Refusal `bad-request` that names the first bad one.
 */
export function parseAuditLogQuery(params: URLSearchParams): AuditLogFilter {
  const verification = one(params, 'verification');
  const action = one(params, 'action');
  const reviewer = one(params, 'reviewer');
  const known = AUDIT_ACTIONS.find((candidate) => candidate === action) ?? null;
  if (action !== '' && known === null) throw bad('action', 'action must be one of those the log knows.');
  if (reviewer !== '' && !UUID.test(reviewer)) throw bad('reviewer', 'reviewer must be the id of a user.');
  const customer = one(params, 'customer');
  return {
    at: { from: moment(params, 'from', 0), to: moment(params, 'to', DAY_MS - 1) },
    verificationId: verification === '' ? null : caseNumber('verification', verification),
    action: known,
    actor: one(params, 'actor'),
    reviewer: reviewer === '' ? null : reviewer,
    tags: [
      ...params
        .getAll('tag')
        .filter((text) => text !== '')
        .map(tagOf),
      ...(customer ? [{ name: 'customerId', value: customer }] : []),
    ],
    outcome: outcomeOf(params),
  };
}

/** Reads `verification` and `files` (`no` leaves them out). Throws a Refusal `bad-request`. */
export function parseCasePackQuery(params: URLSearchParams): CasePackFilter {
  const files = one(params, 'files');
  if (!['', 'yes', 'no'].includes(files)) throw bad('files', 'files must be yes or no.');
  return { verificationId: caseNumber('verification', one(params, 'verification')), files: files !== 'no' };
}

function one(params: URLSearchParams, name: string): string {
  const given = params.getAll(name);
  if (given.length > 1) throw bad(name, `${name} may be given only once.`);
  const text = (given[0] ?? '').trim();
  if (text.length > TEXT_MAX || !isStorableText(text)) throw bad(name, `${name} must be text of at most ${TEXT_MAX} characters.`);
  return text;
}

function caseNumber(name: string, text: string): number {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw bad(name, `${name} must be the number of a verification.`);
  return id;
}

function outcomeOf(params: URLSearchParams): DecisionOutcome | null {
  const given = one(params, 'outcome');
  const outcome = DECISION_OUTCOMES.find((known) => known === given) ?? null;
  if (given !== '' && outcome === null) throw bad('outcome', `outcome must be one of ${DECISION_OUTCOMES.join(', ')}.`);
  return outcome;
}

function tagOf(text: string): Tag {
  const tag = parseTag(text);
  if (!tag || !isStorableText(tag.name) || !isStorableText(tag.value))
    throw bad('tag', 'tag must read name=value, both parts percent-encoded.');
  return tag;
}

// A day means its first or its last moment in UTC.
function moment(params: URLSearchParams, name: string, endOfDay: number): number | null {
  const given = one(params, name);
  if (given === '') return null;
  const value = DAY.test(given) ? Date.parse(given) + endOfDay : /^-?\d{1,15}$/.test(given) ? Number(given) : Date.parse(given);
  if (!Number.isFinite(value)) throw bad(name, `${name} must be a day (2026-01-31), a time in ISO 8601, or milliseconds since 1970.`);
  return value;
}

function bad(field: string, message: string): Refusal {
  return new Refusal('bad-request', message, { field });
}
