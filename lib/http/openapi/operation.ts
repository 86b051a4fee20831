import { DAY_FORMS } from '@/lib/domain/day-span';
import type { Permission } from '@/lib/domain/roles';
import { ref, type Schema, text } from './schemas';

export interface Operation {
  summary: string;
  description?: string;
  /** What the role must grant, `signed-in`, or `public`. */
  access: Permission | 'signed-in' | 'public';
  parameters?: Schema[];
  body?: { type: string; schema: Schema };
  /** Answers other than refusals, by status. */
  answers: Record<string, Schema>;
  /** Statuses this operation refuses with, besides those everyone meets. */
  refusals?: Record<string, string>;
}

export const json = (description: string, schema: Schema): Schema => ({ description, content: { 'application/json': { schema } } });

export const inPath = (name: string, schema: Schema, description: string): Schema => ({
  name,
  in: 'path',
  required: true,
  schema,
  description,
});

export const inQuery = (name: string, schema: Schema, description: string): Schema => ({
  name,
  in: 'query',
  required: false,
  schema,
  description,
});

/** The two ends of a span of days, both included. */
export const dayQuery = (from: string, to: string): Schema[] => [
  inQuery(from, text, `First day. ${DAY_RULE}`),
  inQuery(to, text, `Last day, included whole. ${DAY_RULE}`),
];
export const DAY_RULE = `Takes ${DAY_FORMS}. A day is one of the organisation's time zone, which \`GET /api/me\` names.`;

export const inHeader = (name: string, description: string): Schema => ({ name, in: 'header', required: false, schema: text, description });

export const upstreamRefusals = {
  '502': 'The verification API refused the key or sent something that cannot be read.',
  '503': 'The verification API cannot be reached or asks to wait; then with Retry-After.',
  '504': 'The verification API did not answer in time.',
};

const DATABASE_DOWN = 'The database of the console does not answer (`database-unavailable`).';
const OTHER_SESSION = 'The page that asks belongs to another session or role (`other-session`).';

/** An operation in the words of OpenAPI. */
export function written({ summary, description, access, parameters, body, answers, refusals }: Operation): Schema {
  const met: Record<string, string> = {
    ...(access !== 'public' && { '401': 'Nobody is signed in.' }),
    ...(access !== 'public' && access !== 'signed-in' && { '403': `The role does not grant ${access}.` }),
    ...refusals,
    ...(access !== 'public' && { '409': [refusals?.['409'], OTHER_SESSION].filter(Boolean).join(' ') }),
    '500': 'A fault of the console, logged under the request id.',
    ...(answers['503'] === undefined && { '503': [refusals?.['503'], DATABASE_DOWN].filter(Boolean).join(' ') }),
  };
  return {
    summary,
    ...(description && { description }),
    ...(access === 'public' ? { security: [] } : access !== 'signed-in' && { 'x-permission': access }),
    ...(parameters && { parameters }),
    ...(body && { requestBody: { required: true, content: { [body.type]: { schema: body.schema } } } }),
    responses: { ...answers, ...Object.fromEntries(Object.entries(met).map(([status, why]) => [status, json(why, ref('Error'))])) },
  };
}
