import { DEFAULT_QUERY, DIRECTIONS, SORT_FIELDS } from '@/lib/domain/grid-query';
import { TAG_FILTER_MAX } from '@/lib/domain/tag-filter';
import { inHeader, inPath, inQuery, json, type Operation, upstreamRefusals } from './operation';
import { object, oneOf, ref, type Schema, text, wholeNumber } from './schemas';

const listParameters: Schema[] = [
  inQuery('limit', { type: 'integer', minimum: 1, maximum: 100, default: DEFAULT_QUERY.limit }, 'Records a page.'),
  inQuery('offset', { ...wholeNumber, default: DEFAULT_QUERY.offset }, 'Records before the page.'),
  inQuery('sortBy', { ...oneOf(SORT_FIELDS), default: DEFAULT_QUERY.sortBy }, 'Field to sort by.'),
  inQuery('direction', { ...oneOf(DIRECTIONS), default: DEFAULT_QUERY.direction }, 'Direction of the sort.'),
  inQuery('tagFilter', { type: 'string', maxLength: TAG_FILTER_MAX }, 'One tag as name=value; the first = parts them.'),
];

export const verificationId = inPath('id', wholeNumber, 'Number of the verification.');

const badParameter = { '400': 'A parameter is wrong; `field` names the first.' };
const noSuchRecord = { '404': 'The verification API has no such record.' };

const submission: Schema = object({
  tags: { type: 'string', description: 'First part. A JSON object of texts; its member submission is a new UUID.' },
  idFile: { type: 'string', format: 'binary', description: 'JPEG, PNG or WebP of up to 50 MB.' },
  selfieFile: { type: 'string', format: 'binary', description: 'JPEG, PNG, WebP, MP4, MOV or WebM of up to 50 MB.' },
});

export const RECORD_PATHS: Record<string, Record<string, Operation>> = {
  '/api/verifications': {
    get: {
      summary: 'One page of verifications',
      access: 'records.read',
      parameters: [
        ...listParameters,
        inQuery('readable', oneOf(['true']), 'Writes the page anew, with null for each record that no parser understands.'),
      ],
      answers: { '200': json('The page, byte for byte as the verification API sent it, or readable.', ref('UpstreamList')) },
      refusals: { ...badParameter, ...upstreamRefusals },
    },
    post: {
      summary: 'Submit an ID and a selfie',
      description:
        'Streamed to the verification API and never sent twice. A refusal whose details say `outcome: "unknown"` means that the ' +
        'record may exist: search for it with tagFilter `submission=<UUID>` before sending again, with a new UUID.',
      access: 'verifications.submit',
      body: { type: 'multipart/form-data', schema: submission },
      answers: { '201': json('The new record, byte for byte as the verification API sent it.', ref('UpstreamRecord')) },
      refusals: {
        '400': 'The form cannot be read, broke off, or does not say its length.',
        '409': 'A form with this submission tag was sent before; whether it was kept, a search for the tag says.',
        '413': 'A file or the form is too large.',
        '415': 'The body is not multipart/form-data, or a file is of a type the verification API does not take.',
        '422': 'A part does not fit; `field` names it where that is known.',
        ...upstreamRefusals,
      },
    },
  },
  '/api/verifications/{id}': {
    get: {
      summary: 'One verification',
      description:
        'The view is recorded before it is answered. The header `Record-Sha256` holds the fingerprint of the record, which a verdict names as `shown.record`.',
      access: 'records.read',
      parameters: [
        verificationId,
        inQuery('ahead', oneOf(['true']), 'For a case the caller has claimed and not yet shown: its view is recorded when it is.'),
      ],
      answers: { '200': json('The record, byte for byte as the verification API sent it.', ref('UpstreamRecord')) },
      refusals: { ...badParameter, ...noSuchRecord, ...upstreamRefusals },
    },
  },
  '/api/verifications/{id}/neighbours': {
    get: {
      summary: 'The verifications before and after one, in the order of a list',
      access: 'records.read',
      description:
        'With `source=index` the parameters are those of `/api/verifications/search`; `position` and `total` are then null, and `offset` is 0.',
      parameters: [verificationId, ...listParameters, inQuery('source', oneOf(['live', 'index']), 'Which list; live without it.')],
      answers: { '200': json('The neighbours, as seen from the page the parameters name.', ref('Neighbours')) },
      refusals: { ...badParameter, ...upstreamRefusals },
    },
  },
  '/api/files/{name}': {
    get: {
      summary: 'One evidence file',
      description:
        'Streamed. That it was opened is recorded in the audit log before its first byte. Bytes that cannot be the file its record names are refused with `upstream-unreadable`.',
      access: 'records.read',
      parameters: [
        inPath('name', text, 'Last segment of the file’s url in the record; a bare name.'),
        inHeader('Range', 'A part of the file.'),
        inHeader('If-Range', 'Asks for the part only while the file is still the one of this ETag.'),
        inHeader('If-None-Match', 'Asks for the file only when it is another than the one of this ETag.'),
      ],
      answers: {
        '200': { description: 'The whole file.', content: { '*/*': {} } },
        '206': { description: 'The part asked for.', content: { '*/*': {} } },
        '304': { description: 'Unchanged.' },
      },
      refusals: {
        ...badParameter,
        '404': 'The verification API has no such file.',
        '416': 'The file is shorter than the part asked for.',
        ...upstreamRefusals,
      },
    },
  },
};
