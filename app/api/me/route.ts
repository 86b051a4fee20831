import { can } from '@/lib/domain/actor';
import { PERMISSIONS } from '@/lib/domain/roles';
import { route } from '@/lib/http/route';

/** Who is signed in and what the role allows. */
export const GET = route({ signedIn: true }, ({ actor: { id, name, email, role } }) =>
  Response.json({ id, name, email, role, permissions: PERMISSIONS.filter((permission) => can({ role }, permission)) }),
);
