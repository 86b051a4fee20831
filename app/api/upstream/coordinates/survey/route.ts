import { proposedSetting } from '@/lib/domain/coordinate-space';
import { route } from '@/lib/http/route';
import { surveySpace } from '@/lib/review/coordinates/survey-space';

/** Nobody waits longer; what was seen until then counts. */
const PATIENCE_MS = 30_000;

/** Looks into the pictures of the first 200 records, and returns what they say about the coordinates of the verification API. */
export const POST = route({ permission: 'policies.write' }, async ({ request }) => {
  const survey = await surveySpace(AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]));
  return Response.json({ survey, proposed: proposedSetting(survey) });
});
