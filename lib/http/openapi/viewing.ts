import { keyBindings } from '@/lib/domain/key-bindings';
import { viewingPreference } from '@/lib/domain/viewing';
import { json, type Operation } from './operation';
import { verificationId } from './records';
import { accepted, object, wholeNumber } from './schemas';

const flag = { type: 'boolean' };
const shown = json(
  'How pictures are shown to the caller, and what she chose herself; null is what the policy says.',
  object({
    viewing: object({ masked: flag, byHouse: flag, blurPx: wholeNumber, greyscale: flag, watermark: flag }),
    preference: accepted(viewingPreference),
  }),
);

const chosenKeys = json('Commands that have another key than usual.', accepted(keyBindings));

export const VIEWING_PATHS: Record<string, Record<string, Operation>> = {
  '/api/me/viewing': {
    get: { summary: 'How pictures are shown to the caller', access: 'records.read', answers: { '200': shown } },
    put: {
      summary: 'Choose how pictures are shown to the caller',
      description: 'She may add a blur the policy does not ask for, never take away one it does.',
      access: 'records.read',
      body: { type: 'application/json', schema: accepted(viewingPreference) },
      answers: { '200': shown },
      refusals: {
        '400': 'The body is no JSON.',
        '413': 'The body is too large.',
        '415': 'The body is not application/json.',
        '422': 'A member does not fit; `field` names the first.',
      },
    },
  },
  '/api/me/keys': {
    get: { summary: 'The keys the caller chose', access: 'records.read', answers: { '200': chosenKeys } },
    put: {
      summary: 'Choose keys for commands of the console',
      description: 'Replaces all keys chosen before; an empty list brings the usual ones back.',
      access: 'records.read',
      body: { type: 'application/json', schema: accepted(keyBindings) },
      answers: { '200': chosenKeys },
      refusals: {
        '400': 'The body is no JSON.',
        '413': 'The body is too large.',
        '415': 'The body is not application/json.',
        '422':
          'A member does not fit, a command is unknown or has a fixed key, or two commands that are obeyed at the same time would have one key.',
      },
    },
  },
  '/api/verifications/{id}/views': {
    post: {
      summary: 'Record that a case fetched ahead is on the screen now',
      description: 'Once per person, case and quarter of an hour; a screen that is refused this hides the case.',
      access: 'records.read',
      parameters: [verificationId],
      answers: { '204': { description: 'It is recorded.' } },
      refusals: { '400': 'The id is no whole number.' },
    },
  },
  '/api/verifications/{id}/reveals': {
    post: {
      summary: 'Record that the caller takes the blur off the pictures of a case',
      description: 'Recorded every time; a screen reveals nothing before this is answered.',
      access: 'records.read',
      parameters: [verificationId],
      answers: { '204': { description: 'It is recorded.' } },
      refusals: { '400': 'The id is no whole number.' },
    },
  },
};
