import { changeView } from '@/lib/domain/change/change-view';
import { verdictInput, withdrawalInput } from '@/lib/domain/change/verdict';
import { inPath, json, type Operation } from './operation';
import { accepted, listOf, object, type Schema, text } from './schemas';

/** A proposed change as one caller sees it. */
export const change: Schema = accepted(changeView);

const changeId = inPath('id', text, 'Id of the change.');
const answered = { '201': json('The change after that.', object({ change })) };
const badBody = {
  '400': 'The body is no JSON.',
  '413': 'The body is too large.',
  '415': 'The body is not application/json.',
  '422': 'A member does not fit; `field` names the first.',
};

/** Changes that weaken a control or give a right, which take two people. */
export const CHANGE_PATHS: Record<string, Record<string, Operation>> = {
  '/api/changes': {
    get: {
      summary: 'Changes that wait for a second reviewer, and the newest that no longer do',
      description:
        'A policy that weakens a control, an erasure by request, the end of a legal hold, a role that allows more, a new password for another account, a new or enabled account that could act as a second reviewer or do what an administrator may not. Where nobody else holds the right to agree, `takesEffectAt` is when it takes effect by itself; `stuck` says why a change waits although nobody can agree to it now, and what to do. A policy changes its own settings on the policy in force: `differences` are these, `willHold` is the whole policy after that.',
      access: 'records.read',
      answers: {
        '200': json('Oldest first; then at most 20, newest first.', object({ waiting: listOf(change), settled: listOf(change) })),
      },
    },
  },
  '/api/changes/{id}/verdict': {
    post: {
      summary: 'Agree to a change, which then takes effect, or refuse it',
      description: 'Never possible for the one who proposed it, under whatever account, nor for the person whose account it is about.',
      access: 'policies.approve',
      parameters: [changeId],
      body: { type: 'application/json', schema: accepted(verdictInput) },
      answers: answered,
      refusals: {
        ...badBody,
        '403': 'The role does not grant policies.approve, or the caller proposed this change or is whom it is about.',
        '404': 'There is no such change.',
        '409': 'It was answered or withdrawn, or what it changes has changed since it was proposed.',
      },
    },
  },
  '/api/changes/{id}/withdrawal': {
    post: {
      summary: 'Take a change back that waits',
      access: 'policies.approve',
      parameters: [changeId],
      body: { type: 'application/json', schema: accepted(withdrawalInput) },
      answers: answered,
      refusals: { ...badBody, '404': 'There is no such change.', '409': 'It was answered, withdrawn, or took effect.' },
    },
  },
};
