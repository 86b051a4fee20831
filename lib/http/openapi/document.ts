import { sessionCookieName } from '@/lib/auth/session-cookie';
import { AUDIT_PATHS } from './audit';
import { CHANGE_PATHS } from './changes';
import { CONSOLE_PATHS } from './console';
import { DESK_PATHS } from './desk';
import { DRAFT_PATHS } from './drafts';
import { EVIDENCE_PATHS } from './evidence';
import { EXPORT_PATHS } from './exports';
import { FOUR_EYES_PATHS } from './four-eyes';
import { GOVERNANCE_PATHS } from './governance';
import { type Operation, written } from './operation';
import { RECORD_PATHS } from './records';
import { REVIEW_PATHS } from './reviews';
import { SCHEMAS, type Schema } from './schemas';
import { VIEWER_PATHS } from './viewer';
import { VIEWING_PATHS } from './viewing';

/** The console's API as an OpenAPI 3.1 document. */
export function openApiDocument(): Schema {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Second Look',
      version: '1',
      description:
        'What the screens of the console use. A write must come from the console’s own origin. A page sends the mark of the session it ' +
        'was rendered for in the header `x-session` (or the query parameter of that name); a request whose mark is not that of the ' +
        'cookie’s session and role is refused with 409 `other-session`. Programs send no mark.',
    },
    security: [{ session: [] }],
    paths: writtenPaths({
      ...RECORD_PATHS,
      ...REVIEW_PATHS,
      ...EVIDENCE_PATHS,
      ...DESK_PATHS,
      ...FOUR_EYES_PATHS,
      ...CHANGE_PATHS,
      ...GOVERNANCE_PATHS,
      ...AUDIT_PATHS,
      ...EXPORT_PATHS,
      ...CONSOLE_PATHS,
      ...VIEWER_PATHS,
      ...VIEWING_PATHS,
      ...DRAFT_PATHS,
    }),
    components: { schemas: SCHEMAS, securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: sessionCookieName() } } },
  };
}

function writtenPaths(paths: Record<string, Record<string, Operation>>): Record<string, Record<string, Schema>> {
  const operations = (methods: Record<string, Operation>) =>
    Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, written(operation)]));
  return Object.fromEntries(Object.entries(paths).map(([path, methods]) => [path, operations(methods)]));
}
