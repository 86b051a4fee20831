import { AUDIT_ACTIONS } from '@/lib/domain/audit-event';
import { LOG_STOPS } from '@/lib/domain/log-stop';
import { EVENT_GROUPS } from '@/lib/domain/reading';
import { readingCounts } from '@/lib/domain/reading-query';
import { dayQuery, inQuery, json, type Operation } from './operation';
import { accepted, listOf, milliseconds, nullable, object, oneOf, type Schema, text, wholeNumber } from './schemas';

const hex = (digits: number): Schema => ({ type: 'string', pattern: `^[0-9a-f]{${digits}}$` });
const head = object({ seq: wholeNumber, hash: hex(64) });

const entry = object({
  seq: wholeNumber,
  at: milliseconds,
  actorId: text,
  actorName: text,
  actorRole: text,
  action: text,
  subject: { type: 'string', description: 'For example verification:5.' },
  data: { description: 'What the event says; null where it was erased.' },
  origin: {
    ...nullable(object({ requestId: text, ip: nullable(text), userAgent: nullable(text) })),
    description: 'Where the act came from.',
  },
  payloadHash: hex(64),
  prevHash: hex(64),
  hash: hex(64),
});

const auditKeys = listOf(object({ keyId: hex(16), publicKey: hex(64), current: { type: 'boolean' } }));

export const AUDIT_PATHS: Record<string, Record<string, Operation>> = {
  '/api/audit': {
    get: {
      summary: 'One page of the audit log, newest first',
      access: 'audit.read',
      parameters: [
        inQuery('verification', wholeNumber, 'Number of a verification.'),
        inQuery('action', oneOf(AUDIT_ACTIONS), 'Kind of event.'),
        inQuery('group', oneOf(EVENT_GROUPS), 'acts leaves viewing out; reading shows what people looked at. All events without it.'),
        inQuery('actor', text, 'Part of the name the actor had then.'),
        ...dayQuery('from', 'to'),
        inQuery('cursor', text, 'As an earlier page said.'),
      ],
      answers: { '200': json('At most a hundred events.', object({ events: listOf(entry), nextCursor: nullable(text) })) },
      refusals: { '400': 'A parameter cannot be used; `field` names it.' },
    },
  },
  '/api/audit/reading': {
    get: {
      summary: 'Who looked at which records, and what a person looked at',
      access: 'audit.read',
      parameters: [
        inQuery('person', text, 'Id of a user.'),
        inQuery('verification', wholeNumber, 'Id of a verification.'),
        ...dayQuery('from', 'to'),
        inQuery('cursor', text, 'As an earlier page said.'),
      ],
      answers: {
        '200': json(
          'At most a hundred events, newest first, and with the first page the counts.',
          object({ events: listOf(entry), nextCursor: nullable(text), counts: nullable(accepted(readingCounts)) }),
        ),
      },
      refusals: { '400': 'A parameter cannot be used; `field` names it.' },
    },
  },
  '/api/audit/verdict': {
    get: {
      summary: 'Whether the chain of the audit log is whole',
      access: 'audit.read',
      parameters: [
        inQuery('again', oneOf(['true']), 'Walk all of it now; without it at most what came in the last hour is taken on trust.'),
      ],
      answers: {
        '200': json(
          'The first thing that is not as it must be, if there is one, and the newest signed head.',
          object({
            verdict: object(
              {
                whole: { type: 'boolean' },
                head: { ...head, description: 'The last link that is right.' },
                erased: { ...wholeNumber, description: 'Events whose details were erased.' },
                gaps: {
                  ...listOf(object({ from: wholeNumber, to: wholeNumber, seq: wholeNumber, at: text })),
                  description: 'Signed events that were lost in a restore, as event `seq` declares.',
                },
                torn: {
                  ...listOf(object({ file: text, line: wholeNumber })),
                  description: 'Lines of the files of signed heads that hold none and were skipped.',
                },
                broken: object({ seq: wholeNumber, field: text, expected: text, found: text }),
              },
              ['erased', 'gaps', 'broken'],
            ),
            walkedAt: { ...milliseconds, description: 'When all of it was last walked, in milliseconds since 1970.' },
            state: object({
              signing: oneOf(['on', 'late', 'stopped']),
              kind: { ...nullable(oneOf([...LOG_STOPS, 'late'])), description: 'Null while it is signed.' },
              reason: { ...nullable(text), description: 'Why it is not signed and what to do.' },
              since: nullable(milliseconds),
              open: { type: 'boolean', description: 'False while every append is refused.' },
            }),
            checkpoint: nullable(
              object(
                {
                  ...{ seq: wholeNumber, hash: hex(64), at: text, keyId: hex(16), signature: hex(128) },
                  restored: object({ from: wholeNumber, to: wholeNumber }),
                },
                ['restored'],
              ),
            ),
            keys: auditKeys,
            unsignedSince: {
              ...nullable(milliseconds),
              description: 'When the oldest event after that head happened; null where there is none.',
            },
            witness: {
              ...nullable(
                object({
                  ...{ origin: text, seq: wholeNumber, toldAt: nullable(milliseconds), failure: nullable(text), failures: wholeNumber },
                  behindSince: { ...nullable(milliseconds), description: 'When the oldest head it did not take was signed.' },
                  ahead: { type: 'boolean', description: 'Whether it took heads that the folder of the signed heads does not hold.' },
                }),
              ),
              description: 'How far the witness was told; null where none is set.',
            },
          }),
        ),
      },
    },
  },
  '/api/audit/key': {
    get: {
      summary: 'The public keys that signed heads of the audit log',
      access: 'audit.read',
      answers: {
        '200': json('Ed25519, the one in use first.', object({ keys: auditKeys })),
      },
    },
  },
};
