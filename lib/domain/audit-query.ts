import { AUDIT_ACTIONS, type AuditAction } from './audit-event';
import { DAY_MS, readDay } from './moment';
import { EVENT_GROUPS, type EventGroup } from './reading';
import { Refusal } from './refusal';
import { isStorableText } from './storable-text';
import { verificationIdOf } from './verification-id';

/** What the audit log is narrowed to; every part may be null. */
export interface AuditFilter {
  /** Number of a verification. */
  verification: number | null;
  action: AuditAction | null;
  group: EventGroup | null;
  /** Part of the name the actor had then, in any case. */
  actor: string | null;
  /** Milliseconds since 1970; `from` is included, `before` is not. */
  from: number | null;
  before: number | null;
}

const ACTOR_MAX = 200;

/**
 * Reads `verification`, `action`, `group`, `actor`, and the days `from` and `to` (`YYYY-MM-DD` in UTC, both included) of an address. Absent and
 * empty mean no limit. Throws a Refusal `bad-request` with the field for anything else.
 */
export function parseAuditFilter(params: URLSearchParams): AuditFilter {
  const given = (name: string) => params.get(name) || null;
  const verification = oneVerification(params);
  const action = AUDIT_ACTIONS.find((known) => known === given('action')) ?? null;
  if (given('action') !== null && action === null) throw wrong('action', 'The log knows no such kind of event.');
  const group = EVENT_GROUPS.find((known) => known === given('group')) ?? null;
  if (given('group') !== null && group === null) throw wrong('group', `group must be one of ${EVENT_GROUPS.join(', ')}.`);
  const actor = given('actor');
  if (actor !== null && (actor.length > ACTOR_MAX || !isStorableText(actor))) throw wrong('actor', 'Give part of a name.');
  const [from, to] = [day(given('from'), 'from'), day(given('to'), 'to')];
  if (from !== null && to !== null && to < from) throw wrong('to', 'The last day lies before the first.');
  return {
    verification,
    action,
    group,
    actor,
    from,
    before: to === null ? null : to + DAY_MS,
  };
}

/** Returns the parameters of the filter that are given, in one order, without the page. */
export function auditFilterQuery(params: URLSearchParams): string {
  const given = ['verification', 'action', 'group', 'actor', 'from', 'to'].map((name) => [name, params.get(name) ?? ''] as const);
  return new URLSearchParams(given.filter(([, value]) => value !== '').map(([name, value]) => [name, value])).toString();
}

function oneVerification(params: URLSearchParams): number | null {
  const given = params.getAll('verification').filter((text) => text !== '');
  if (given.length === 0) return null;
  const id = given.length === 1 ? verificationIdOf(given[0] ?? '') : null;
  if (id === null) throw wrong('verification', 'The filter takes the id of one verification, such as 10482. Correct it or clear it.');
  return id;
}

function day(text: string | null, field: string): number | null {
  if (text === null) return null;
  const moments = readDay(text);
  if (!moments) throw wrong(field, 'Write the day as 2026-01-31.');
  return moments.from;
}

function wrong(field: string, sentence: string): Refusal {
  return new Refusal('bad-request', sentence, { field });
}
