import { EXPORT_STATES, EXTRACT_FORMATS, EXTRACTS, exportInput } from '@/lib/domain/export';
import { inHeader, inPath, inQuery, json, type Operation } from './operation';
import { accepted, listOf, milliseconds, nullable, object, oneOf, type Schema, text, wholeNumber } from './schemas';

const exported = object({
  id: text,
  kind: oneOf(EXTRACTS),
  format: oneOf(EXTRACT_FORMATS),
  query: { type: 'string', description: 'What it is narrowed to, as the address of the list it is taken from.' },
  byName: text,
  createdAt: milliseconds,
  state: oneOf(EXPORT_STATES),
  rows: { type: 'integer', description: 'Written so far.' },
  total: { ...nullable(wholeNumber), description: 'To be written; null while that is being counted.' },
  bytes: wholeNumber,
  headSeq: { ...nullable(wholeNumber), description: 'Number of the newest event there was when it was taken.' },
  manifestSha256: nullable(text),
  failure: nullable(text),
  finishedAt: nullable(milliseconds),
  expiresAt: nullable(milliseconds),
});
const one = object({ export: exported });
const id = inPath('id', text, 'Id of the export.');
const zip: Schema = {
  description: 'A ZIP: the data, manifest.json with the hash of each file, and the verifiers verify.mjs and verify.py.',
  content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
};

export const EXPORT_PATHS: Record<string, Record<string, Operation>> = {
  '/api/exports': {
    get: {
      summary: 'The newest exports of everybody, newest first',
      access: 'exports.create',
      answers: { '200': json('At most a hundred.', object({ exports: listOf(exported) })) },
    },
    post: {
      summary: 'Begin an export',
      description: 'It is written while this has long been answered; ask for it to see how far it is.',
      access: 'exports.create',
      body: { type: 'application/json', schema: accepted(exportInput) },
      answers: { '202': json('The export, begun.', one) },
      refusals: {
        '400': 'The filter cannot be read; `field` names the parameter.',
        '409': 'Two exports of this person are being written.',
        '413': 'The body is too large.',
        '415': 'The body is not application/json.',
        '422': 'A member does not fit; `field` names the first.',
      },
    },
  },
  '/api/exports/count': {
    get: {
      summary: 'How many rows an export would have now',
      description: 'Takes the parameters of the list the export is taken from besides `kind`.',
      access: 'exports.create',
      parameters: [inQuery('kind', oneOf(EXTRACTS), 'What would be exported.')],
      answers: { '200': json('The number, as of now.', object({ rows: wholeNumber })) },
      refusals: { '400': 'The filter cannot be read; `field` names the parameter.' },
    },
  },
  '/api/exports/{id}': {
    get: {
      summary: 'How far an export is',
      access: 'exports.create',
      parameters: [id],
      answers: { '200': json('The export.', one) },
      refusals: { '404': 'There is no such export.' },
    },
    delete: {
      summary: 'Cancel an export that is being written',
      access: 'exports.create',
      parameters: [id],
      answers: { '200': json('The export, cancelled.', one) },
      refusals: { '404': 'There is no such export.', '409': 'It is no longer being written.' },
    },
  },
  '/api/exports/{id}/file': {
    get: {
      summary: 'Download an export',
      description: 'Each download is recorded. One still being written is sent along without a length and breaks when it fails.',
      access: 'exports.create',
      parameters: [
        id,
        inHeader('Range', 'A part, to go on with a download that was cut.'),
        inHeader('If-Range', 'The ETag of that download.'),
      ],
      answers: { '200': zip, '206': { ...zip, description: 'The part asked for.' } },
      refusals: {
        '404': 'There is no such export, or its file is gone.',
        '409': 'It failed, was cancelled or has expired.',
        '416': 'The part lies behind the end.',
      },
    },
  },
};
