import { Client } from 'pg';

/** The owner of the tables, who can put every guard of the database away. Nobody else can do what these do. */
export interface Owner {
  /** Runs SQL with the guards of the log put away, and more of it once they are back. */
  tamper(sql: string, afterwards?: string): Promise<void>;
  /** Brings the log back to what it was at the start, or at the last `keep`. */
  restore(): Promise<void>;
  /** Takes the log as it is now for the one `restore` brings back, as a backup does. */
  keep(): Promise<void>;
  end(): Promise<void>;
}

const TABLES = ['audit_event', 'audit_payload', 'checkpoint', 'audit_log_state'];

/** Connects as the owner. */
export async function ownerOf(databaseUrl: string): Promise<Owner> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const guards = (state: string) => TABLES.map((table) => `ALTER TABLE console.${table} ${state} TRIGGER USER;`).join(' ');
  const tamper = async (sql: string, afterwards = '') => {
    try {
      await client.query(`BEGIN; ${guards('DISABLE')} ${sql}; ${guards('ENABLE')} ${afterwards}; COMMIT`);
    } catch (failure) {
      await client.query('ROLLBACK');
      throw failure;
    }
  };
  const keep = async () => {
    for (const table of TABLES)
      await client.query(`DROP TABLE IF EXISTS kept_${table}; CREATE TABLE kept_${table} AS TABLE console.${table}`);
  };
  await keep();
  return {
    tamper,
    keep,
    restore: () =>
      tamper(
        TABLES.toReversed()
          .map((table) => `DELETE FROM console.${table}; INSERT INTO console.${table} SELECT * FROM kept_${table}`)
          .join('; '),
      ),
    end: () => client.end(),
  };
}

/** SQL that computes every hash from event `seq` on anew, so that the chain is whole in itself again. */
export function hashedAnew(seq: number): string {
  return `DO $$
DECLARE
  link console.audit_event;
BEGIN
  FOR link IN SELECT * FROM console.audit_event WHERE audit_event.seq >= ${seq} ORDER BY audit_event.seq LOOP
    SELECT e.hash INTO link.prev_hash FROM console.audit_event AS e WHERE e.seq = link.seq - 1;
    link.prev_hash := coalesce(link.prev_hash, decode(repeat('00', 32), 'hex'));
    SELECT console.audit_payload_hash(p.salt, p.data) INTO link.payload_hash FROM console.audit_payload AS p WHERE p.seq = link.seq;
    link.hash := console.audit_event_hash(link);
    UPDATE console.audit_event SET payload_hash = link.payload_hash, prev_hash = link.prev_hash, hash = link.hash WHERE audit_event.seq = link.seq;
  END LOOP;
END $$`;
}

/** SQL that appends an event as the database's own function does, past the program. */
export function appendedPast(text: string, action = 'note.added'): string {
  return `SELECT console.append_audit_event('u', 'U', 'analyst', '${action}', 'verification:6', '{"data":{"noteId":"n","text":"${text}"}}')`;
}
