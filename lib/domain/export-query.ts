import { type AuditFilter, parseAuditFilter } from './audit-query';
import { type DaySpan, parseDaySpan } from './day-span';
import type { Extract } from './export';
import { DECISION_OUTCOMES, type DecisionOutcome } from './reason-codes';
import { Refusal } from './refusal';
import { filterOf, parseSearchQuery, parseTag, type SearchFilter } from './search-query';
import { isStorableText } from './storable-text';
import type { Tag } from './verification';
import { verificationIdOf } from './verification-id';

/** What a population is narrowed to: everything the index can be, and the decision in force. */
export interface PopulationFilter extends SearchFilter {
  outcome: DecisionOutcome | null;
  /** When the decision in force was made. */
  decided: DaySpan;
}

/** What an extract of the audit log is narrowed to: what the log on the screen can be, and more. */
export interface AuditLogFilter extends AuditFilter {
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

/**
 * Whether an extract may hold what is known about a case. A population or a log under a filter may hold any of them, unless it is of
 * one case alone; an extract that cannot be read any more may hold every one.
 */
export function mayContain({ kind, query }: { kind: Extract; query: string }, caseId: number): boolean {
  const params = new URLSearchParams(query);
  try {
    if (kind === 'case-pack') return parseCasePackQuery(params).verificationId === caseId;
    if (kind === 'audit-log') return (parseAuditLogQuery(params).verification ?? caseId) === caseId;
    return true;
  } catch {
    return true;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TEXT_MAX = 200;

/** Reads a population's parameters: those of the index, `customer`, `outcome`, `decidedFrom`, `decidedTo`. Throws a Refusal `bad-request`. */
export function parsePopulationQuery(params: URLSearchParams): PopulationFilter {
  const filter = filterOf(parseSearchQuery(params));
  return {
    ...filter,
    tags: [...filter.tags, ...customerOf(params)],
    outcome: outcomeOf(params),
    decided: parseDaySpan(params, 'decidedFrom', 'decidedTo'),
  };
}

/**
 * Reads the log's own parameters, `reviewer`, `tag` (name=value, several), `customer` (short for the tag customerId) and `outcome`.
 * Throws a Refusal `bad-request` that names the first bad one.
 */
export function parseAuditLogQuery(params: URLSearchParams): AuditLogFilter {
  const reviewer = one(params, 'reviewer');
  if (reviewer !== '' && !UUID.test(reviewer)) throw bad('reviewer', 'reviewer must be the id of a user.');
  return {
    ...parseAuditFilter(params),
    reviewer: reviewer === '' ? null : reviewer,
    tags: [
      ...params
        .getAll('tag')
        .filter((text) => text !== '')
        .map(tagOf),
      ...customerOf(params),
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
  const id = verificationIdOf(text);
  if (id === null) throw bad(name, `${name} must be the id of one verification, such as 10482.`);
  return id;
}

function outcomeOf(params: URLSearchParams): DecisionOutcome | null {
  const given = one(params, 'outcome');
  const outcome = DECISION_OUTCOMES.find((known) => known === given) ?? null;
  if (given !== '' && outcome === null) throw bad('outcome', `outcome must be one of ${DECISION_OUTCOMES.join(', ')}.`);
  return outcome;
}

function customerOf(params: URLSearchParams): Tag[] {
  const value = one(params, 'customer');
  return value === '' ? [] : [{ name: 'customerId', value }];
}

function tagOf(text: string): Tag {
  const tag = parseTag(text);
  if (!tag || !isStorableText(tag.name) || !isStorableText(tag.value))
    throw bad('tag', 'tag must read name=value, both parts percent-encoded.');
  return tag;
}

function bad(field: string, message: string): Refusal {
  return new Refusal('bad-request', message, { field });
}
