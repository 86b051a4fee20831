import { Client } from 'pg';
import { median } from './statistics';

const WRITERS = 8;
const ROUNDS = 7;
const PER_WRITER = 250;

const ACTOR = ['5f0c7c3e-8d0f-4a55-9a53-3d3f6f0a8f01', 'Ana Lindqvist', 'analyst'];
const PAYLOAD = `{"data":{"decisionId":"6a0c7c3e-8d0f-4a55-9a53-3d3f6f0a8f02","idSha256":"${'a'.repeat(64)}","isOverride":false,"machineResult":"NOT_VERIFIED","outcome":"DECLINED","policyVersion":3,"rationale":"The faces are not those of one person.","reasonCodes":["FACE_MISMATCH"],"secondPerson":null,"selfieSha256":"${'b'.repeat(64)}","snapshotHash":"${'c'.repeat(64)}","version":1},"origin":{"ip":"192.0.2.7","requestId":"0e7b8d5e-6c8b-4f0e-9c55-1f7d3f0a8f03","userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"}}`;

const APPEND = {
  name: 'append',
  text: 'SELECT console.append_audit_event($1, $2, $3, $4, $5, $6)',
  values: (number: number) => [...ACTOR, 'decision.made', `verification:${number}`, PAYLOAD],
};

/** The same two rows, with the same columns, indexes and checks, in tables that know nothing of a chain. */
const INSERT = {
  name: 'insert',
  text: `WITH link AS (
      INSERT INTO plain.audit_event VALUES (nextval('plain.seq'), $7, $1, $2, $3, $4, $5, $8, $8, $8) RETURNING seq
    ) INSERT INTO plain.audit_payload SELECT link.seq, $8, $6 FROM link`,
  values: (number: number) => [...APPEND.values(number), new Date(), Buffer.alloc(32, number)],
};

/** How many a second eight writers append and insert, one commit each, by turns. */
export async function appendAgainstInsert(
  databaseUrl: string,
  log: (line: string) => void,
): Promise<{ append: number; insert: number; ratio: number }> {
  const clients = await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      const client = new Client({ connectionString: databaseUrl });
      await client.connect();
      return client;
    }),
  );
  try {
    await clients[0]?.query(`CREATE SCHEMA plain; CREATE SEQUENCE plain.seq;
      CREATE TABLE plain.audit_event (LIKE console.audit_event INCLUDING ALL);
      CREATE TABLE plain.audit_payload (LIKE console.audit_payload INCLUDING ALL)`);
    const rates: { append: number; insert: number }[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const rate = { append: await rateOf(clients, APPEND), insert: await rateOf(clients, INSERT) };
      log(`round ${round}: ${Math.round(rate.append)} appends a second, ${Math.round(rate.insert)} inserts`);
      // The first one warms up.
      if (round > 0) rates.push(rate);
    }
    return {
      append: median(rates.map((rate) => rate.append)),
      insert: median(rates.map((rate) => rate.insert)),
      ratio: median(rates.map((rate) => rate.append / rate.insert)),
    };
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

async function rateOf(clients: Client[], { name, text, values }: typeof APPEND | typeof INSERT): Promise<number> {
  const began = performance.now();
  await Promise.all(
    clients.map(async (client, writer) => {
      for (let n = 0; n < PER_WRITER; n += 1) await client.query({ name, text, values: values(writer * PER_WRITER + n) });
    }),
  );
  return (clients.length * PER_WRITER) / ((performance.now() - began) / 1000);
}
