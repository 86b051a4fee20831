import { appendAuditEvent } from '@/lib/audit/append';
import { recordCredential } from '@/lib/auth/credentials';
import { startSession } from '@/lib/auth/sessions';
import { addUser } from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { EvidenceShown } from '@/lib/domain/evidence-shown';
import { Refusal } from '@/lib/domain/refusal';
import type { Role } from '@/lib/domain/roles';

const origin = { requestId: 'test', ip: null, userAgent: null };

/** What a reviewer names who was shown no file and goes on without them, which is accepted while the files are lost. */
export const NOTHING_SHOWN: EvidenceShown = { id: null, face: null, unchecked: ['id', 'face'] };

/** A new user of a role, signed in. */
export async function person(name: string, role: Role): Promise<Actor> {
  const email = `${name.toLowerCase()}@example.test`;
  await addUser(SYSTEM_ACTOR, { email, name, role, password: null });
  const { id } = await db().user.findUniqueOrThrow({ where: { email } });
  return { id, name, email, role, sessionId: await startSession(origin, id, 'password'), origin };
}

/** Binds an account to a subject of the sign-in provider, as the provider does that proved it; null takes it away. */
export async function bindSubject(userId: string, oidcSubject: string | null): Promise<void> {
  await db().$transaction(async (tx) => {
    const { email } = await tx.user.update({ where: { id: userId }, data: { oidcSubject } });
    if (oidcSubject === null) return;
    const row = await recordCredential(tx, { userId, kind: 'SUBJECT', way: 'PROVIDER', by: SYSTEM_ACTOR, stored: null });
    const data = { email, passwordRemoved: false };
    await appendAuditEvent(tx, SYSTEM_ACTOR, { action: 'user.provider-bound', subject: `user:${userId}`, data }, [row]);
  });
}

/** A new user whom no event of the log reports, for tests that count its events from the first. */
export async function unrecordedUser(name: string, role: Role): Promise<Pick<Actor, 'id' | 'name' | 'email' | 'role'>> {
  const email = `${name.toLowerCase()}@example.test`;
  await db().$executeRaw`ALTER TABLE console."user" DISABLE TRIGGER account_gain_takes_two`;
  const user = await db().user.create({ data: { email, name, role } });
  await db().$executeRaw`ALTER TABLE console."user" ENABLE ALWAYS TRIGGER account_gain_takes_two`;
  return { id: user.id, name, email, role };
}

/** Puts failed records `from` to `to` into the index, received a minute apart, the lowest number first. */
export async function fillIndex(from: number, to = from): Promise<void> {
  await db().$executeRaw`
    INSERT INTO console.record (verification_id, machine_result, received_at, model, id_file_name, id_file_type, selfie_file_name,
      selfie_file_type, findings, raw, snapshot_hash)
    SELECT n, 'NOT_VERIFIED', '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 minute', 'm', 'id.jpg', 'image/jpeg', 'selfie.jpg',
      'image/jpeg', '{}', said.raw, encode(sha256(convert_to(said.raw, 'UTF8')), 'hex')
    FROM generate_series(${from}::bigint, ${to}::bigint) AS n
    CROSS JOIN LATERAL (SELECT '{"verificationId":' || n || ',"verified":false}' AS raw) AS said`;
}

/** The Refusal a work ends with; anything else fails the test. */
export function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  return work.then(
    () => Promise.reject(new Error('was not refused')),
    (failure) => (failure instanceof Refusal ? failure : Promise.reject(failure)),
  );
}
