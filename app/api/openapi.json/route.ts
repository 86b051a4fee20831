import { openApiDocument } from '@/lib/http/openapi/document';
import { publicRoute } from '@/lib/http/route';

/** What this API takes and answers, as OpenAPI 3.1. */
export const GET = publicRoute(() => Response.json(openApiDocument()));
