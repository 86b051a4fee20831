import {
  assignmentInput,
  BATCH_VERBS,
  batchInput,
  drawGrantInput,
  drawInput,
  reasonInput,
  skipInput,
  snoozeInput,
  viewInput,
  withdrawalInput,
} from '@/lib/domain/desk-input';
import { ROLES } from '@/lib/domain/roles';
import { DEFAULT_SEARCH, SEARCH_PARAMS, SEARCH_SORTS } from '@/lib/domain/search-query';
import { DAY_RULE, inHeader, inPath, inQuery, json, type Operation } from './operation';
import { verificationId } from './records';
import { accepted, listOf, milliseconds, nullable, object, oneOf, ref, type Schema, text, wholeNumber } from './schemas';

const ABOUT: Partial<Record<(typeof SEARCH_PARAMS)[number], string>> = {
  cursor: 'As an earlier page said.',
  from: `Received from. ${DAY_RULE}`,
  to: `Received to, the day included whole. ${DAY_RULE}`,
};

const badBody = {
  '400': 'The id is no whole number, or the body is no JSON.',
  '413': 'The body is too large.',
  '415': 'The body is not application/json.',
  '422': 'A member does not fit; `field` names the first.',
};
const notNow = {
  '404': 'Nobody knows this case.',
  '409': 'Somebody else holds the case (`claimed`), or it is in no state for this (`conflict`).',
};
const claim = object({ holderId: text, holderName: text, claimedAt: milliseconds, expiresAt: milliseconds });
const present = object({ others: listOf(text), claim: nullable(object({ holderId: text, holderName: text, expiresAt: milliseconds })) });
const tab = inHeader('x-tab', 'The browser tab that shows the case, 32 hex digits; the claim lasts while one of its tabs is open.');
const view = object({
  id: text,
  name: text,
  query: text,
  ownerId: text,
  ownerName: text,
  shared: { type: 'boolean' },
  defaultFor: { ...nullable(oneOf(ROLES)), description: 'The role whose people begin with it.' },
  slaHours: { ...nullable(wholeNumber), description: 'Hours within which its cases are due; null for what the policy says.' },
});
const grant = object({ reviewer: object({ id: text, name: text }), viewIds: nullable(listOf(text)) });
const key = inHeader('Idempotency-Key', 'The same key sent again gets the first answer again; nothing happens twice.');
const batch = object({
  id: text,
  verb: oneOf(BATCH_VERBS),
  detail: text,
  query: nullable(text),
  byName: text,
  at: milliseconds,
  succeeded: listOf(wholeNumber),
  refused: listOf(object({ id: wholeNumber, code: text, message: text })),
  truncated: { ...wholeNumber, description: 'How many were left out beyond the first thousand.' },
});
const person = nullable(object({ id: text, name: text }));

/** A write to one case that answers the case after it. */
function act(summary: string, access: Operation['access'], input: Schema): Operation {
  return {
    summary,
    access,
    parameters: [verificationId],
    body: { type: 'application/json', schema: input },
    answers: { '201': json('The case after it.', object({ summary: ref('ReviewSummary') })) },
    refusals: { ...badBody, ...notNow },
  };
}

export const DESK_PATHS: Record<string, Record<string, Operation>> = {
  '/api/tags/tally': {
    get: {
      summary: 'How many records carry a tag, and how many of them were declined',
      description: 'From the index. Counting stops at a thousand records; `capped` then says that there are more.',
      access: 'records.read',
      parameters: [inQuery('tag', text, 'name=value, both parts percent-encoded.')],
      answers: { '200': json('The numbers.', object({ records: wholeNumber, declined: wholeNumber, capped: { type: 'boolean' } })) },
      refusals: { '400': 'The tag cannot be read.' },
    },
  },
  '/api/verifications/search': {
    get: {
      summary: 'One page of the index of records',
      description:
        'Every filter narrows; of states and findings any one named is enough, of tags all must match. `tag` reads name=value, both parts percent-encoded.',
      access: 'records.read',
      parameters: [
        ...SEARCH_PARAMS.map((name) =>
          name === 'sortBy'
            ? inQuery(name, { ...oneOf(SEARCH_SORTS), default: DEFAULT_SEARCH.sortBy }, 'What to sort by.')
            : inQuery(name, text, ABOUT[name] ?? `See the screens of the console: ${name}.`),
        ),
        inQuery('count', oneOf(['exact', 'none']), 'Without it the count stops at 10,000.'),
        inQuery('reviews', oneOf(['true']), 'Each record with what is known of its case.'),
      ],
      answers: {
        '200': json(
          'The records as the verification API sent them, beside what is known here.',
          object({
            records: listOf(
              object({
                id: wholeNumber,
                record: { type: 'object' },
                state: text,
                reviewer: person,
                decidedAt: nullable(milliseconds),
                assignee: person,
                missing: { type: 'boolean' },
              }),
            ),
            nextCursor: nullable(text),
            previousCursor: nullable(text),
            count: nullable(object({ value: wholeNumber, capped: { type: 'boolean' } })),
            syncedAt: nullable(milliseconds),
          }),
        ),
      },
      refusals: { '400': 'A parameter cannot be used; `field` names it.' },
    },
  },
  '/api/queue': {
    get: {
      summary: 'How many cases wait for the caller',
      access: 'queue.draw',
      parameters: [inQuery('viewId', text, 'A saved view; without it the queue of the house.')],
      answers: {
        '200': json(
          'Counted up to a thousand.',
          object({
            queue: object({
              view: person,
              waiting: wholeNumber,
              capped: { type: 'boolean', description: 'Whether there are more than the number says.' },
              assigned: wholeNumber,
              overdue: wholeNumber,
              passedOn: { ...wholeNumber, description: 'How many more wait for others because the caller passed them on.' },
              oldestAt: nullable(milliseconds),
              dueAt: nullable(milliseconds),
              due: nullable(oneOf(['ok', 'soon', 'overdue'])),
              slaHours: wholeNumber,
            }),
          }),
        ),
      },
      refusals: {
        '403': 'The role draws no cases, or a manager gave the caller other queues.',
        '404': 'There is no such view.',
        '422': 'No cases can be drawn under this view.',
      },
    },
  },
  '/api/queue/grants': {
    get: {
      summary: 'From which queues each reviewer may draw',
      access: 'cases.assign',
      answers: { '200': json('By name; `viewIds` is null for whoever draws from all.', object({ grants: listOf(grant) })) },
    },
    put: {
      summary: 'Say from which queues a reviewer may draw',
      access: 'cases.assign',
      body: { type: 'application/json', schema: accepted(drawGrantInput) },
      answers: { '200': json('What holds from now on.', object({ grant })) },
      refusals: badBody,
    },
  },
  '/api/queue/next': {
    post: {
      summary: 'Draw the next case and claim it',
      description: 'Of many who draw at once each gets another case.',
      access: 'queue.draw',
      parameters: [key],
      body: { type: 'application/json', schema: accepted(drawInput) },
      answers: {
        '200': json('Both null when nothing is left.', object({ verificationId: nullable(wholeNumber), claim: nullable(claim) })),
      },
      refusals: {
        ...badBody,
        '403': 'The role draws no cases, or a manager gave the caller other queues.',
        '404': 'There is no such view.',
        '409': 'So many draw at this moment that nothing could be had, or the Idempotency-Key was used for another request.',
        '422': 'A member does not fit, or no cases can be drawn under this view.',
      },
    },
  },
  '/api/verifications/{id}/claim': {
    put: {
      summary: 'Claim a case, or extend one’s own claim',
      access: 'queue.draw',
      parameters: [verificationId, tab],
      answers: { '200': json('The claim.', object({ claim })) },
      refusals: { '400': 'The id is no whole number.', '404': 'Nobody knows this case.', '409': 'Somebody else holds it (`claimed`).' },
    },
    delete: {
      summary: 'Give one’s own claim back',
      description: 'With `x-tab` only when no other tab of the holder has the case open; without it in any case.',
      access: 'queue.draw',
      parameters: [verificationId, tab],
      answers: { '204': { description: 'Given back, or there was none.' } },
      refusals: { '400': 'The id is no whole number.' },
    },
  },
  '/api/verifications/{id}/claim/takeover': {
    post: {
      summary: 'Take a case from whoever holds it',
      access: 'cases.assign',
      parameters: [verificationId, tab],
      answers: { '201': json('The claim.', object({ claim })) },
      refusals: { '400': 'The id is no whole number.', '409': 'Nobody else holds it.' },
    },
  },
  '/api/verifications/{id}/skip': { post: act('Pass a case on', 'queue.draw', accepted(skipInput)) },
  '/api/verifications/{id}/snooze': { post: act('Put a case off', 'queue.draw', accepted(snoozeInput)) },
  '/api/verifications/{id}/reopening': { post: act('Look at a resolved case again', 'decisions.write', accepted(reasonInput)) },
  '/api/verifications/{id}/assignment': { post: act('Give a case to a reviewer', 'cases.assign', accepted(assignmentInput)) },
  '/api/verifications/{id}/escalation': {
    post: act('Hand a case to the managers', 'queue.draw', accepted(reasonInput)),
    delete: {
      summary: 'Take the escalation back',
      access: 'cases.assign',
      parameters: [verificationId],
      answers: { '200': json('The case after it.', object({ summary: ref('ReviewSummary') })) },
      refusals: { '400': 'The id is no whole number.', ...notNow },
    },
  },
  '/api/verifications/{id}/decisions/withdrawal': {
    post: {
      summary: 'Take one’s own newest decision back, within ten seconds',
      access: 'decisions.write',
      parameters: [verificationId],
      body: { type: 'application/json', schema: accepted(withdrawalInput) },
      answers: { '201': json('The case after it.', object({ summary: ref('ReviewSummary') })) },
      refusals: { ...badBody, '404': 'Nobody knows this case.', '409': 'It is too late, or the decision is somebody else’s.' },
    },
  },
  '/api/verifications/{id}/presence': {
    get: {
      summary: 'Read who else has the case open, and who holds it',
      access: 'records.read',
      parameters: [verificationId],
      answers: { '200': json('The others by name, and the claim.', present) },
      refusals: { '400': 'The id is no whole number.' },
    },
    put: {
      summary: 'Record that one has the case open',
      access: 'records.read',
      parameters: [verificationId],
      answers: { '200': json('The others by name, and the claim.', present) },
      refusals: { '400': 'The id is no whole number.' },
    },
  },
  '/api/views': {
    get: {
      summary: 'One’s own saved views and the shared ones',
      access: 'records.read',
      answers: { '200': json('By name.', object({ views: listOf(view) })) },
    },
    post: {
      summary: 'Save an address of the list under a name',
      access: 'records.read',
      parameters: [key],
      body: { type: 'application/json', schema: accepted(viewInput) },
      answers: { '201': json('The view.', object({ view })) },
      refusals: { ...badBody, '403': 'The role may not share views.', '409': 'The Idempotency-Key was used for another request.' },
    },
  },
  '/api/views/{id}': {
    delete: {
      summary: 'Take a view out of every list',
      access: 'records.read',
      parameters: [inPath('id', text, 'Id of the view.')],
      answers: { '204': { description: 'Archived.' } },
      refusals: { '404': 'There is no such view.' },
    },
  },
  '/api/reviewers': {
    get: {
      summary: 'Who may be given cases',
      access: 'records.read',
      answers: { '200': json('By name.', object({ reviewers: listOf(object({ id: text, name: text, role: text })) })) },
    },
  },
  '/api/batches': {
    post: {
      summary: 'Do one act to many cases',
      description:
        'The cases are named by `ids`, or by `query`, a search of the index; they are pinned before the first is touched. Beyond a ' +
        'thousand the rest is left out and counted.',
      access: 'queue.draw',
      parameters: [{ ...key, required: true }],
      body: { type: 'application/json', schema: accepted(batchInput) },
      answers: { '201': json('What was done to each.', object({ batch })) },
      refusals: {
        ...badBody,
        '400': 'The body is no JSON, the key is missing, or the query cannot be read.',
        '403': 'The role does not grant this act.',
        '409': 'The Idempotency-Key was used for another request.',
      },
    },
  },
  '/api/batches/{id}': {
    get: {
      summary: 'What a bulk act did',
      access: 'records.read',
      parameters: [inPath('id', text, 'Id of the batch.')],
      answers: { '200': json('What was done to each case.', object({ batch })) },
      refusals: { '404': 'There is no such bulk act.' },
    },
  },
};
