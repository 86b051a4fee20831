import { approvalInput, qaInput } from '@/lib/domain/approval';
import { policyInput, policySettings } from '@/lib/domain/policy';
import { change } from './changes';
import { inHeader, inQuery, json, type Operation } from './operation';
import { verificationId } from './records';
import { accepted, listOf, milliseconds, nullable, object, ref, text, wholeNumber } from './schemas';

const policy = object({
  version: wholeNumber,
  validFrom: milliseconds,
  validTo: { ...nullable(milliseconds), description: 'Null while it is in force.' },
  settings: accepted(policySettings),
  reason: text,
  byName: text,
});

const badBody = {
  '400': 'The id is no whole number, or the body is no JSON.',
  '413': 'The body is too large.',
  '415': 'The body is not application/json.',
  '422': 'A member does not fit; `field` names the first.',
};

export const FOUR_EYES_PATHS: Record<string, Record<string, Operation>> = {
  '/api/policies': {
    get: {
      summary: 'Every version of the rules of the house, newest first, or the one that was in force at a moment',
      access: 'records.read',
      parameters: [
        inQuery(
          'at',
          text,
          'A day of the organisation’s time zone, or an instant of ISO 8601, such as 2026-01-31 or 2026-01-31T12:00:00Z: only the version in force then.',
        ),
      ],
      refusals: { '400': '`at` is no moment.' },
      answers: { '200': json('Down to version 0, which the console came with.', object({ policies: listOf(policy) })) },
    },
    post: {
      summary: 'Publish a policy version, or propose it where it weakens a control',
      access: 'policies.write',
      body: { type: 'application/json', schema: accepted(policyInput) },
      answers: {
        '201': json('The version now in force.', object({ policy })),
        '202': json('It waits for a second reviewer.', object({ change })),
      },
      refusals: {
        ...badBody,
        '409': 'Somebody changed the rules since the version named.',
        '422': 'A rule names a tag that identifies a person.',
      },
    },
  },
  '/api/approvals': {
    get: {
      summary: 'The decisions that wait for a second reviewer, oldest first',
      access: 'records.read',
      answers: {
        '200': json(
          'At most 200.',
          object({
            approvals: listOf(
              object({
                decision: ref('Decision'),
                secondPerson: text,
                own: { type: 'boolean' },
                blocked: nullable(text),
                recordChanged: { type: 'boolean' },
              }),
            ),
          }),
        ),
      },
    },
  },
  '/api/verifications/{id}/approval': {
    post: {
      summary: 'Agree or disagree with a decision that needs a second reviewer',
      description: 'Never possible for the one who proposed it, under whatever account; void once the proposal no longer stands.',
      access: 'decisions.approve',
      parameters: [
        verificationId,
        { ...inHeader('Idempotency-Key', 'The same key sent again gets the first answer again.'), required: true },
      ],
      body: { type: 'application/json', schema: accepted(approvalInput) },
      answers: {
        '201': json(
          'The verdict as it was stored.',
          object({
            approval: ref('Approval'),
          }),
        ),
      },
      refusals: {
        ...badBody,
        '403': 'The role does not grant decisions.approve, or the caller proposed this decision.',
        '404': 'There is no such decision on this case.',
        '409':
          'The proposal no longer stands or was answered, the Idempotency-Key was used for another request, or the upstream replaced or lost the record since (`record-changed`): disagree, or decide again. To agree, `shown.record` must name the record decided on (`record-changed`, with the differences), and `shown` the files (`evidence-changed`); one that could not be compared in time (`evidence-unchecked`) is named in `shown.unchecked` to go on.',
        '503': 'The upstream cannot be asked whether the record is still the one decided on (502 to 504).',
      },
    },
  },
  '/api/qa': {
    get: {
      summary: 'Cases drawn for a blind second look',
      access: 'decisions.approve',
      answers: {
        '200': json(
          'Numbers of verifications only, and how often two people judged alike.',
          object({ cases: listOf(wholeNumber), agreement: object({ reviewed: wholeNumber, agreed: wholeNumber, waiting: wholeNumber }) }),
        ),
      },
    },
  },
  '/api/verifications/{id}/qa': {
    post: {
      summary: 'Record a blind second look',
      access: 'decisions.approve',
      parameters: [verificationId],
      body: { type: 'application/json', schema: accepted(qaInput) },
      answers: { '201': json('Whether both people judged alike.', object({ agrees: { type: 'boolean' } })) },
      refusals: {
        ...badBody,
        '403': 'The role does not grant decisions.approve, or the caller decided this case.',
        '404': 'The case is not drawn, or somebody took it.',
        '409':
          'Somebody looked at it meanwhile, or the upstream replaced or lost the record since the decision (`record-changed`). `shown.record` must name the record decided on (`record-changed`, with the differences), and `shown` the files (`evidence-changed`); one that could not be compared in time (`evidence-unchecked`) is named in `shown.unchecked` to go on.',
        '503': 'The upstream cannot be asked whether the record is still the one decided on (502 to 504).',
      },
    },
  },
};
