import { inQuery, json, type Operation } from './operation';
import { listOf, milliseconds, object, text, wholeNumber } from './schemas';

export const DRAFT_PATHS: Record<string, Record<string, Operation>> = {
  '/api/me/drafts': {
    get: {
      summary: 'Read the key of one’s own drafts, and which of their cases were erased',
      description: 'A browser keeps drafts sealed with this key, and removes those begun before their case was erased.',
      access: 'records.read',
      parameters: [inQuery('cases', text, 'Ids of up to 200 cases, comma-separated.')],
      answers: {
        '200': json(
          'The key, 32 bytes in base64, and the erased cases.',
          object({ key: text, now: milliseconds, erased: listOf(object({ id: wholeNumber, at: milliseconds })) }),
        ),
      },
      refusals: { '400': 'The ids cannot be read.' },
    },
  },
};
