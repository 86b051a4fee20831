import { spaceSettingInput } from '@/lib/domain/coordinate-space';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';
import { setSpace } from '@/lib/review/coordinates/set-space';
import { spaceSetting } from '@/lib/review/coordinates/space-setting';

/** What the coordinates of the verification API count. */
export const GET = route({ permission: 'records.read' }, async () => Response.json({ coordinates: await spaceSetting() }));

/** Sets it. */
export const PUT = route({ permission: 'policies.write' }, async ({ request, actor }) => {
  const { setting } = await readJson(request, spaceSettingInput);
  return Response.json({ coordinates: await setSpace(actor, setting) });
});
