#!/usr/bin/env node
// Stands in for the native schema engine that the Prisma command would download: the same JSON-RPC over standard input and
// output, one message a line, answered by the WebAssembly build of that engine from npm. Set as PRISMA_SCHEMA_ENGINE_BINARY.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const require = createRequire(import.meta.url);
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
  },
});
const { url, shadowDatabaseUrl } = values.datasource ? JSON.parse(values.datasource) : {};

if (positionals[0] === 'cli') await answerCommand(positionals[1]);
else answerMessages();

/** `cli can-connect-to-database` and `cli create-database`: by exit code, and a structured line on standard error. */
async function answerCommand(command) {
  try {
    await reach(url).catch((error) => {
      if (command !== 'create-database' || error.code !== '3D000') throw error;
      return createDatabase();
    });
  } catch (error) {
    const codes = { '3D000': 'P1003', ECONNREFUSED: 'P1001' };
    const fields = { is_panic: false, error_code: codes[error.code] ?? 'P1000', message: error.message };
    process.stderr.write(`${JSON.stringify({ timestamp: new Date().toISOString(), level: 'ERROR', fields, target: 'schema_engine' })}\n`);
    process.exitCode = 1;
  }
}

async function reach(address, sql = 'SELECT 1') {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function createDatabase() {
  const server = new URL(url);
  const name = decodeURIComponent(server.pathname.slice(1));
  server.pathname = '/postgres';
  await reach(server.href, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
}

/** Answers in the order asked; the engine holds one connection. */
function answerMessages() {
  let engine;
  let previous = Promise.resolve();
  const input = createInterface({ input: process.stdin });
  input.on('line', (line) => {
    previous = previous.then(async () => {
      const { id, method, params } = JSON.parse(line);
      if (method === undefined) return;
      try {
        engine ??= await loadEngine();
        const result = await engine[method === 'getDatabaseVersion' ? 'version' : method](params);
        // The native engine prints a diff by asking the command to; this build returns it.
        if (method === 'diff' && result?.stdout != null) send({ id: 9e9, method: 'print', params: { content: result.stdout } });
        send({ id, result: result ?? {} });
      } catch (error) {
        const data = { is_panic: false, message: error?.message ?? String(error), error_code: error?.code, meta: error?.meta };
        send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } });
      }
    });
  });
  input.on('close', () => previous.then(() => process.exit(0)));
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

async function loadEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`${message}\n`) };
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const file = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  const datamodels = values.datamodels?.map((path) => [path, readFileSync(path, 'utf8')]);
  return glue.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(connector()));
}

function connector() {
  const factory = adapter(url);
  factory.connectToShadowDb = async () => {
    if (!shadowDatabaseUrl) throw new Error('Set shadowDatabaseUrl in prisma/prisma.config.ts to an empty database for this command.');
    return adapter(shadowDatabaseUrl).connect();
  };
  return factory;
}

// The native engine looks for its own table unqualified, on the search path that the address names.
function adapter(address) {
  const schema = new URL(address).searchParams.get('schema') ?? 'public';
  const factory = new PrismaPg(new CatalogPool({ connectionString: address, options: `-c search_path=${schema}` }), { schema });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => withCharacters(await connect());
  return factory;
}

// The engine's catalog queries return "char" (18) and name[] (1003), which the adapter has no column type for: it is told they
// are text and text[], and "char" becomes a character again for the engine.
const CHARACTER = 18;
const SUBSTITUTES = new Map([
  [CHARACTER, 25],
  [1003, 1009],
]);
const characterColumns = new WeakMap();

class CatalogPool extends pg.Pool {
  async query(...question) {
    const answer = await super.query(...question);
    for (const { fields, rows } of [answer].flat().filter((part) => part?.fields)) {
      characterColumns.set(
        rows,
        fields.map((field) => field.dataTypeID === CHARACTER),
      );
      for (const field of fields) field.dataTypeID = SUBSTITUTES.get(field.dataTypeID) ?? field.dataTypeID;
    }
    return answer;
  }
}

function withCharacters(connection) {
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (query) => {
    const answer = await queryRaw(query);
    const isCharacter = characterColumns.get(answer.rows) ?? [];
    return { ...answer, columnTypes: answer.columnTypes.map((type, index) => (isCharacter[index] ? ColumnTypeEnum.Character : type)) };
  };
  return connection;
}
