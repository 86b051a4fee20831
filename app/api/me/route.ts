import { can } from '@/lib/domain/actor';
import { PERMISSIONS } from '@/lib/domain/roles';
import { env } from '@/lib/env';
import { route } from '@/lib/http/route';

/** Who is signed in, what the role allows, and whose days the filters mean. */
export const GET = route({ signedIn: true }, ({ actor: { id, name, email, role } }) => {
  const permissions = PERMISSIONS.filter((permission) => can({ role }, permission));
  return Response.json({ id, name, email, role, permissions, timeZone: env().TIME_ZONE });
});
