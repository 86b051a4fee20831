import { AUDIT_ACTIONS, type AuditAction } from './audit-event';
import { type DaySpan, parseDaySpan } from './day-span';
import { EVENT_GROUPS, type EventGroup } from './reading';
import { Refusal } from './refusal';
import { isStorableText } from './storable-text';
import { verificationIdOf } from './verification-id';

/** What the audit log is narrowed to; every part may be null. */
export interface AuditFilter extends DaySpan {
  /** Number of a verification. */
  verification: number | null;
  action: AuditAction | null;
  group: EventGroup | null;
  /** Part of the name the actor had then, in any case. */
  actor: string | null;
}

const ACTOR_MAX = 200;

/**
 * Reads `verification`, `action`, `group`, `actor`, and the days `from` and `to` of an address. Absent and empty mean no limit. Throws a
 * Refusal `bad-request` with the field for anything else.
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
  return { verification, action, group, actor, ...parseDaySpan(params, 'from', 'to') };
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

function wrong(field: string, sentence: string): Refusal {
  return new Refusal('bad-request', sentence, { field });
}
