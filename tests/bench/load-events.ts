import { Client } from 'pg';

const STEP = 50_000;

/**
 * Fills an empty chain with events as a busy house writes them: half of them looks at evidence, then claims, notes and decisions.
 * Every link is hashed as the chain demands; only the guards, which look at one row at a time, are put away meanwhile.
 */
export async function loadEvents(databaseUrl: string, events: number, log: (line: string) => void): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`SET synchronous_commit = off; ${guards('DISABLE')} ${MAKE}`);
    for (let from = 1; from <= events; from += STEP) {
      const to = Math.min(events, from + STEP - 1);
      await client.query('SELECT pg_temp.make_events($1, $2)', [from, to]);
      log(`${to} of ${events} events`);
    }
    await client.query(guards('ENABLE ALWAYS'));
    for (const table of ['audit_event', 'audit_payload']) await client.query(`VACUUM (ANALYZE) console.${table}`);
  } finally {
    await client.end();
  }
}

function guards(state: 'DISABLE' | 'ENABLE ALWAYS'): string {
  return `ALTER TABLE console.audit_event ${state} TRIGGER audit_event_continues_the_chain;
    ALTER TABLE console.audit_payload ${state} TRIGGER audit_payload_is_what_was_hashed;`;
}

const MAKE = `
CREATE FUNCTION pg_temp.make_events(first bigint, last bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  link console.audit_event;
  salt bytea;
  data text;
  origin text;
BEGIN
  SELECT e.hash INTO link.prev_hash FROM console.audit_event AS e ORDER BY e.seq DESC LIMIT 1;
  link.prev_hash := coalesce(link.prev_hash, decode(repeat('00', 32), 'hex'));
  FOR n IN first..last LOOP
    salt := sha256(n::text::bytea);
    link.seq := n;
    link.at := timestamptz '2026-01-01 00:00:00Z' + n * interval '7.919 seconds';
    link.actor_id := '00000000-0000-4000-8000-0000000000' || lpad((n % 20)::text, 2, '0');
    link.actor_name := (ARRAY['Ana Kovač', 'Marek Nowak', 'Audra Vance', 'Ángel Ruiz'])[1 + n % 4];
    link.actor_role := (ARRAY['analyst', 'manager', 'auditor', 'analyst'])[1 + n % 4];
    link.subject := 'verification:' || (n / 7);
    link.action := (ARRAY['evidence.viewed', 'evidence.viewed', 'claim.taken', 'evidence.viewed', 'evidence.viewed', 'note.added', 'decision.made'])[1 + n % 7];
    data := CASE link.action
      WHEN 'evidence.viewed' THEN '{"file":"v_id_' || (n / 7) || '_passport_' || left(md5(n::text), 8) || '.jpg"}'
      WHEN 'claim.taken' THEN '{"expiresAt":1767225600000,"fromQueue":true}'
      WHEN 'note.added' THEN '{"noteId":"' || md5(n::text) || '","text":"Portrait matches the selfie; hologram visible, \\"ghost\\" is normal here."}'
      ELSE '{"claimedAt":null,"decisionId":"' || md5(n::text) || '","idSha256":"' || encode(salt, 'hex') || '","isOverride":true,"machineResult":"NOT_VERIFIED","outcome":"APPROVED","policyVersion":0,"rationale":"Glare on the laminate, same person by eye.","reasonCodes":["FALSE_REJECT_QUALITY"],"secondPerson":null,"selfieSha256":"' || encode(salt, 'hex') || '","snapshotHash":"' || encode(salt, 'hex') || '","version":1}'
    END;
    origin := '{"ip":"192.0.2.' || (n % 250) || '","requestId":"' || md5((n * 3)::text) || '","userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"}';
    data := '{"data":' || data || ',"origin":' || origin || '}';
    link.payload_hash := console.audit_payload_hash(salt, data);
    link.hash := console.audit_event_hash(link);
    INSERT INTO console.audit_event SELECT link.*;
    INSERT INTO console.audit_payload (seq, salt, data) VALUES (n, salt, data);
    link.prev_hash := link.hash;
  END LOOP;
END $$;`;
