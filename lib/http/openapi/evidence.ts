import { checkInput } from '@/lib/domain/evidence-check-input';
import { acknowledgementInput } from '@/lib/domain/evidence-shown';
import { inQuery, json, type Operation } from './operation';
import { verificationId } from './records';
import { accepted, listOf, milliseconds, object, oneOf, ref } from './schemas';

const blind = inQuery('blind', oneOf(['1']), 'Leaves out who saw or acknowledged something, for a blind re-review.');
const known = object({ at: milliseconds, files: listOf(ref('EvidenceState')) });
const badBody = {
  '400': 'The id is no whole number, or the body is no JSON.',
  '413': 'The body is too large.',
  '415': 'The body is not application/json.',
  '422': 'A member does not fit; `field` names the first.',
};

export const EVIDENCE_PATHS: Record<string, Record<string, Operation>> = {
  '/api/verifications/{id}/evidence': {
    get: {
      summary: 'What is known of the files of one verification',
      access: 'records.read',
      parameters: [verificationId, blind],
      answers: { '200': json('One entry for each file the record names; none while nobody can say which there are.', known) },
      refusals: { '400': 'The id is no whole number.' },
    },
  },
  '/api/verifications/{id}/evidence/check': {
    post: {
      summary: 'Check the files of one verification now',
      description: 'Reads each file to its end. A file that takes longer than three seconds is still `checking` in the answer.',
      access: 'records.read',
      parameters: [verificationId, blind],
      body: { type: 'application/json', schema: accepted(checkInput) },
      answers: { '200': json('What is known after it.', known) },
      refusals: badBody,
    },
  },
  '/api/verifications/{id}/evidence/acknowledgement': {
    post: {
      summary: 'Acknowledge that a file held other bytes for a time',
      description: 'Possible only after its original bytes were seen again; the file is read once more first.',
      access: 'decisions.write',
      parameters: [verificationId],
      body: { type: 'application/json', schema: accepted(acknowledgementInput) },
      answers: { '201': json('The file after it.', object({ file: ref('EvidenceState') })) },
      refusals: {
        ...badBody,
        '404': 'The record names no such file.',
        '409': 'The file does not hold its original bytes, cannot be read, or nothing of it is left to acknowledge.',
      },
    },
  },
};
