import { ownPasswordInput } from '@/lib/domain/user-input';
import { json, type Operation } from './operation';
import { accepted, object, ref, type Schema, text, wholeNumber } from './schemas';

const redirect: Schema = { description: 'Leads on to another address.' };
const formType = 'application/x-www-form-urlencoded';
const address = json('Where to go next; with an `error` in its query when refused.', object({ url: text }));
const form = (...names: string[]): { type: string; schema: Schema } => ({
  type: formType,
  schema: object(Object.fromEntries(['csrfToken', ...names, 'callbackUrl', 'json'].map((name) => [name, text])), ['callbackUrl', 'json']),
});

export const CONSOLE_PATHS: Record<string, Record<string, Operation>> = {
  '/api/health': {
    get: {
      summary: 'Whether the console can be used',
      access: 'public',
      answers: { '200': json('It can.', ref('Health')), '503': json('It cannot yet, or not now.', ref('Health')) },
    },
  },
  '/api/me': {
    get: { summary: 'Who is signed in', access: 'signed-in', answers: { '200': json('Who, and what the role allows.', ref('Me')) } },
  },
  '/api/me/password': {
    put: {
      summary: 'Change one’s own password; ends the caller’s other sessions',
      description: 'The only request but the sign-out that a session may send while its user has to change a password somebody else set.',
      access: 'signed-in',
      body: { type: 'application/json', schema: accepted(ownPasswordInput) },
      answers: { '200': json('How many other sessions ended.', object({ sessions: wholeNumber })) },
      refusals: {
        '400': 'The body is no JSON.',
        '403': 'The current password is wrong.',
        '409': 'The account has no password, or it was changed meanwhile.',
        '413': 'The body is too large.',
        '415': 'The body is not application/json.',
        '422': 'The new password may not be set; `field` names the member.',
        '429': 'The account is locked after wrong passwords; `retry-after` says for how long.',
      },
    },
  },
  '/api/sync': {
    get: {
      summary: 'How old the index of the records is',
      access: 'records.read',
      answers: { '200': json('How far it has come, and what went wrong last.', ref('SyncStatus')) },
    },
    post: {
      summary: 'Sync the record index at once',
      description:
        'Takes over the newest records and reads unreadable records again, even while the console pauses its requests after failures. At most one request is open at a time; `request` of the status says how far it is.',
      access: 'index.sync',
      answers: { '202': json('Requested; how far the index has come.', ref('SyncStatus')) },
      refusals: { '409': 'A requested sync is already running.', '422': 'This console keeps no record index.' },
    },
  },
  '/api/openapi.json': {
    get: { summary: 'This document', access: 'public', answers: { '200': json('OpenAPI 3.1.', { type: 'object' }) } },
  },
  '/api/auth/csrf': {
    get: {
      summary: 'A token every sign-in and sign-out must carry',
      access: 'public',
      answers: { '200': json('The token; its other half is set as a cookie.', object({ csrfToken: text })) },
    },
  },
  '/api/auth/callback/credentials': {
    post: {
      summary: 'Sign in with e-mail and password',
      description: 'Sets the session cookie. With `json=true` it answers the address to go to instead of leading there.',
      access: 'public',
      body: form('email', 'password'),
      answers: { '200': address, '302': redirect, '401': address },
      refusals: { '403': 'The request came from another site.', '413': 'The body is too large.' },
    },
  },
  '/api/auth/signout': {
    post: {
      summary: 'Sign out',
      description: 'Ends the session on the server.',
      access: 'public',
      body: form(),
      answers: { '200': address, '302': redirect },
      refusals: { '403': 'The request came from another site.', '413': 'The body is too large.' },
    },
  },
};
