import { SPACE_SETTINGS, spaceSettingInput } from '@/lib/domain/coordinate-space';
import { NOTICE_SEVERITIES } from '@/lib/domain/notice';
import { ERASABLE, ERASURE_RULES, erasureInput, holdInput } from '@/lib/domain/retention';
import { ROLES } from '@/lib/domain/roles';
import { newUserInput, passwordInput, reasonInput, roleInput } from '@/lib/domain/user-input';
import { change } from './changes';
import { inPath, inQuery, json, type Operation } from './operation';
import { accepted, listOf, milliseconds, nullable, object, oneOf, type Schema, text, wholeNumber } from './schemas';

const yes: Schema = { type: 'boolean' };
const account = object({
  id: text,
  email: text,
  name: text,
  role: oneOf(ROLES),
  signsInWith: object({ password: yes, singleSignOn: yes }),
  mustChangePassword: { ...yes, description: 'Somebody else set the password and its user has not changed it yet.' },
  disabledAt: nullable(milliseconds),
  lockedUntil: nullable(milliseconds),
  createdAt: milliseconds,
  sessions: { ...wholeNumber, description: 'Open now.' },
  lastSignIn: nullable(milliseconds),
});
const users = json('Every account, by name.', object({ users: listOf(account) }));
const submitted = (status: string) => ({
  [status]: json('Every account, by name; `change` is null.', object({ users: listOf(account), change: nullable(change) })),
  '202': json('Every account, and the change that waits for a second reviewer.', object({ users: listOf(account), change })),
});
const userId = inPath('id', text, 'Id of the account.');
const body = (schema: Schema) => ({ type: 'application/json', schema });
const badBody = {
  '400': 'The body is no JSON.',
  '413': 'The body is too large.',
  '415': 'The body is not application/json.',
  '422': 'A member does not fit; `field` names the first.',
};
const noUser = { '404': 'There is no such user.' };
const lastOne = { '409': 'This is the last administrator.' };

const counts = object(Object.fromEntries(ERASABLE.map((name) => [name, wholeNumber])));
const hold = object({ reason: text, byName: text, at: milliseconds });
const previewed = object({
  verificationId: wholeNumber,
  resolvedAt: { ...nullable(milliseconds), description: 'Null while its clock does not run.' },
  dueAt: nullable(milliseconds),
  hold: nullable(hold),
  erased: nullable(
    object({
      at: milliseconds,
      byName: text,
      rule: oneOf(ERASURE_RULES),
      reason: text,
      policyVersion: wholeNumber,
      retentionDays: wholeNumber,
    }),
  ),
  counts,
  obstacle: { ...nullable(text), description: 'Why it would be refused.' },
});
const coordinates = json(
  'Null members where nobody set it yet.',
  object({ coordinates: object({ setting: oneOf(SPACE_SETTINGS), setAt: nullable(milliseconds), setBy: nullable(text) }) }),
);
const waiting = nullable(object({ count: wholeNumber, capped: yes }));
const notice = object(
  {
    id: text,
    severity: oneOf(NOTICE_SEVERITIES),
    text,
    href: { ...text, description: 'Address of this console with more about it.' },
    linkText: text,
  },
  ['href', 'linkText'],
);
const refused = listOf(object({ id: wholeNumber, message: text }));

/** Who works here, what is kept how long, and whether the verification API answers. */
export const GOVERNANCE_PATHS: Record<string, Record<string, Operation>> = {
  '/api/users': {
    get: { summary: 'Every account', access: 'users.manage', answers: { '200': users } },
    post: {
      summary: 'Add an account, or propose to where it could act as a second reviewer',
      access: 'users.manage',
      body: body(accepted(newUserInput)),
      answers: submitted('201'),
      refusals: { ...badBody, '409': 'The e-mail address is taken, or the same change waits already.' },
    },
  },
  '/api/users/{id}/role': {
    put: {
      summary: 'Give somebody another role, or propose to where it allows more',
      access: 'users.manage',
      parameters: [userId],
      body: body(accepted(roleInput)),
      answers: submitted('200'),
      refusals: { ...badBody, ...noUser, ...lastOne },
    },
  },
  '/api/users/{id}/disabling': {
    put: {
      summary: 'Shut somebody out at once, open sessions included',
      access: 'users.manage',
      parameters: [userId],
      answers: { '200': users },
      refusals: { ...noUser, ...lastOne },
    },
  },
  '/api/users/{id}/enabling': {
    post: {
      summary: 'Let a disabled user sign in again, or propose to where the account could act as a second reviewer',
      access: 'users.manage',
      parameters: [userId],
      body: body(accepted(reasonInput)),
      answers: submitted('200'),
      refusals: { ...badBody, ...noUser, '409': 'The same change waits already.' },
    },
  },
  '/api/users/{id}/sessions': {
    delete: {
      summary: 'End every open session of somebody',
      access: 'users.manage',
      parameters: [userId],
      answers: { '200': users },
      refusals: noUser,
    },
  },
  '/api/users/{id}/password': {
    put: {
      summary: 'Propose a password for another person; it lifts a lock and ends the open sessions',
      description:
        'Its user has to change it at the next sign-in; until then every other request is refused with `password-change-required`.',
      access: 'users.manage',
      parameters: [userId],
      body: body(accepted(passwordInput)),
      answers: submitted('200'),
      refusals: {
        ...badBody,
        ...noUser,
        '409': 'It is the caller’s own account, or one of the sign-in provider, or the same change waits already.',
      },
    },
  },
  '/api/retention': {
    get: {
      summary: 'Cases whose time is over, cases under legal hold, and the latest erasures',
      access: 'audit.read',
      answers: {
        '200': json(
          'Times are milliseconds since 1970.',
          object({
            due: object({
              policyVersion: wholeNumber,
              retentionDays: wholeNumber,
              ids: listOf(wholeNumber),
              total: wholeNumber,
              more: yes,
            }),
            holds: listOf(object({ verificationId: wholeNumber, reason: text, byName: text, at: milliseconds })),
            erasures: listOf(
              object({
                runId: text,
                rule: oneOf(ERASURE_RULES),
                reason: text,
                policyVersion: wholeNumber,
                byName: text,
                at: milliseconds,
                ids: listOf(wholeNumber),
                total: wholeNumber,
              }),
            ),
          }),
        ),
      },
    },
  },
  '/api/retention/preview': {
    get: {
      summary: 'What an erasure of these cases would take and leave',
      description: 'Changes nothing.',
      access: 'audit.read',
      parameters: [
        inQuery('ids', text, 'Numbers of at most 200 cases, parted by commas.'),
        inQuery('rule', oneOf(ERASURE_RULES), 'RETENTION when absent.'),
      ],
      answers: {
        '200': json(
          'Each case, and the sum over those that would be erased.',
          object({
            preview: object({
              rule: oneOf(ERASURE_RULES),
              policyVersion: wholeNumber,
              retentionDays: wholeNumber,
              cases: listOf(previewed),
              erasable: wholeNumber,
              exports: { ...wholeNumber, description: 'Exports that may hold one of those to be erased; their files would go too.' },
              counts,
              named: {
                ...object({ exports: wholeNumber, events: wholeNumber, views: wholeNumber, sharedViews: listOf(text) }),
                description:
                  'Filters of exports, entries of the log, and saved views that name these people and nobody else; they would go too.',
              },
            }),
          }),
        ),
      },
      refusals: { '400': 'A parameter cannot be read; `field` names it.' },
    },
  },
  '/api/retention/holds': {
    post: {
      summary: 'Put cases under legal hold, or propose to lift it',
      access: 'retention.manage',
      body: body(accepted(holdInput)),
      answers: {
        '201': json('What changed and what did not.', object({ result: object({ changed: listOf(wholeNumber), refused }) })),
        '202': json('Lifting waits for a second reviewer; `refused` are the cases left out.', object({ change, refused })),
      },
      refusals: { ...badBody, '409': 'The same change waits already.' },
    },
  },
  '/api/retention/erasures': {
    post: {
      summary: 'Erase what was written about cases and leave the proof; by request, propose to',
      description:
        '`confirm` is the number of cases. Each is erased whole or not at all; a case under legal hold, or before its time, is refused.',
      access: 'retention.manage',
      body: body(accepted(erasureInput)),
      answers: {
        '201': json(
          'What was erased and what was not.',
          object({ result: object({ runId: text, erased: listOf(wholeNumber), refused, exports: wholeNumber }) }),
        ),
        '202': json('An erasure by request waits for a second reviewer; `refused` are the cases left out.', object({ change, refused })),
      },
      refusals: { ...badBody, '409': 'The same change waits already.' },
    },
  },
  '/api/waiting': {
    get: {
      summary: 'How much waits for the caller, and the notices every screen shows',
      access: 'records.read',
      answers: {
        '200': json(
          'A count is null where the role does no such work. Alarms come before announcements. `version` names the build of this console, empty where it is unknown.',
          object({ waiting: object({ queue: waiting, approvals: waiting }), notices: listOf(notice), version: text }),
        ),
      },
    },
  },
  '/api/upstream/coordinates': {
    get: {
      summary: 'What the coordinates of the verification API count',
      access: 'records.read',
      answers: { '200': coordinates },
    },
    put: {
      summary: 'Set what the coordinates of the verification API count',
      description: 'Holds for the configured address. With `per-picture` each picture decides by its faces.',
      access: 'policies.write',
      body: { type: 'application/json', schema: accepted(spaceSettingInput) },
      answers: { '200': coordinates },
      refusals: badBody,
    },
  },
  '/api/upstream/coordinates/survey': {
    post: {
      summary: 'Look into the pictures of the first 200 records and say what their coordinates count',
      description: 'Takes at most half a minute; what was seen until then counts. Nobody is shown a picture.',
      access: 'policies.write',
      answers: {
        '200': json(
          'Counts of pictures; `turned` are those that EXIF or their container turns, and only they can tell.',
          object({
            survey: object({
              ...{ records: wholeNumber, pictures: wholeNumber, turned: wholeNumber, shown: wholeNumber, stored: wholeNumber },
              at: wholeNumber,
            }),
            proposed: oneOf(SPACE_SETTINGS),
          }),
        ),
      },
    },
  },
  '/api/upstream/test': {
    post: {
      summary: 'Ask the verification API for one record and say how that went',
      access: 'policies.write',
      answers: {
        '200': json(
          '`failure` is null when it answered well.',
          object({ test: object({ failure: nullable(text), records: nullable(wholeNumber), milliseconds: wholeNumber }) }),
        ),
      },
    },
  },
};
