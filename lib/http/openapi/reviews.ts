import { inHeader, inQuery, json, type Operation, upstreamRefusals } from './operation';
import { verificationId } from './records';
import { listOf, nullable, object, ref, text } from './schemas';

const idempotencyKey = inHeader('Idempotency-Key', 'The same key sent again gets the first answer again; nothing happens twice.');

const requiredKey = {
  ...inHeader('Idempotency-Key', '1 to 200 printable characters. The same key sent again gets the first answer again.'),
  required: true,
};

const badWrite = {
  '400': 'The id is no whole number, the key is missing or cannot be read, or the body is no JSON.',
  '404': 'The verification API has no such record.',
  '413': 'The body is too large.',
  '415': 'The body is not application/json.',
  '422': 'A member does not fit; `field` names the first.',
};

export const REVIEW_PATHS: Record<string, Record<string, Operation>> = {
  '/api/reviews': {
    get: {
      summary: 'What is known here about some verifications',
      access: 'records.read',
      parameters: [{ ...inQuery('ids', text, 'Numbers of up to 100 verifications, parted by commas.'), required: true }],
      answers: { '200': json('One entry for each different number asked for.', object({ reviews: listOf(ref('ReviewSummary')) })) },
      refusals: { '400': 'ids cannot be read.' },
    },
  },
  '/api/verifications/{id}/review': {
    get: {
      summary: 'Decisions, notes, events and files of one verification, oldest first',
      access: 'records.read',
      parameters: [verificationId],
      answers: {
        '200': json(
          'What is known here; `evidence` is null while the verification API cannot say which files there are.',
          object({ review: ref('Review'), timeline: listOf(ref('AuditEvent')), evidence: nullable(listOf(ref('EvidenceState'))) }),
        ),
      },
      refusals: { '400': 'The id is no whole number.' },
    },
  },
  '/api/verifications/{id}/notes': {
    post: {
      summary: 'Add a note',
      access: 'notes.write',
      parameters: [verificationId, idempotencyKey],
      body: { type: 'application/json', schema: ref('NoteInput') },
      answers: { '201': json('The note as it was stored.', object({ note: ref('Note') })) },
      refusals: { ...badWrite, '409': 'The Idempotency-Key was used for another request.', ...upstreamRefusals },
    },
  },
  '/api/verifications/{id}/decisions': {
    post: {
      summary: 'Decide, or decide anew',
      description:
        'An outcome that contradicts the machine is an override. The machine’s own result is never changed. `shown.record` is required: the fingerprint of the record the reviewer was shown (header `Record-Sha256` of the record). `shown.id` and `shown.face` are required where the record names files.',
      access: 'decisions.write',
      parameters: [verificationId, requiredKey],
      body: { type: 'application/json', schema: ref('DecisionInput') },
      answers: {
        '201': json(
          'The decision as it was stored, and the case after it.',
          object({ decision: ref('Decision'), summary: ref('ReviewSummary') }),
        ),
      },
      refusals: {
        ...badWrite,
        '409':
          'Somebody decided meanwhile (`stale`; details name the present version and the new versions only), the record is not the one the reviewer was shown (`record-changed`; details hold the differences, null when that record is not kept here), a file is not what the reviewer was shown (`evidence-changed`; details hold the states of the files), a file could not be compared in time (`evidence-unchecked`; name it in `shown.unchecked` to go on without a comparison, which is recorded), or the Idempotency-Key was used for another request.',
        ...upstreamRefusals,
      },
    },
  },
};
