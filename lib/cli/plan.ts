import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { newSeed } from '@/lib/audit/signing-key';
import { keepSecret, randomSecret } from '@/lib/db/secrets';

import { type Env, readEnv } from '@/lib/env';

/** What a start is to do, from its settings and flags. */
export type Plan = {
  settings: Env;
  /** Absolute. */
  dataDir: string;
  logDir: string;
  mode: 'production' | 'development';
  /** Whether there are demo users. */
  demo: boolean;
  /** Whether the verification service of this repository runs, rather than the one VERIFICATION_API_URL names. */
  embeddedEngine: boolean;
};

/** Reads settings and flags. Throws an Error with one sentence per thing that is wrong. */
export function makePlan(mode: Plan['mode'], args: string[], variables: Record<string, string | undefined>): Plan {
  const settings = readEnv(variables);
  const { values } = parseArgs({ args, options: { 'no-demo': { type: 'boolean', default: false } } });
  const embeddedEngine = settings.VERIFICATION_API_URL === undefined;
  if (!embeddedEngine && settings.VERIFICATION_API_KEY === undefined) {
    throw new Error('VERIFICATION_API_URL is set without VERIFICATION_API_KEY; set both, or neither to use the embedded service.');
  }
  if (embeddedEngine && settings.PORT === settings.ENGINE_PORT) {
    throw new Error(`PORT and ENGINE_PORT are both ${settings.PORT}; the console and the verification service need one each.`);
  }
  const dataDir = resolve(settings.DATA_DIR);
  return { settings, dataDir, logDir: resolve(dataDir, 'logs'), mode, demo: !values['no-demo'], embeddedEngine };
}

export type Keys = { session: string; engine: string; demoPassword: string; signing: string };

/** The keys of this installation: as set, else generated once and kept under the data folder. */
export function keepKeys({ settings, dataDir }: Plan): Keys {
  return {
    session: settings.NEXTAUTH_SECRET ?? keepSecret(dataDir, 'sessionSecret'),
    engine: settings.VERIFICATION_API_KEY ?? keepSecret(dataDir, 'engineKey'),
    signing: settings.AUDIT_SIGNING_KEY ?? keepSecret(dataDir, 'auditSigningKey', newSeed),
    demoPassword: settings.DEMO_PASSWORD ?? keepSecret(dataDir, 'demoPassword', () => randomSecret().slice(0, 20)),
  };
}

/** The environment of the console and the verification service. `databaseUrl` and the keys never appear in their arguments or logs. */
export function childEnvironment(plan: Plan, keys: Keys, databaseUrl: string): NodeJS.ProcessEnv {
  const { settings, dataDir, mode } = plan;
  return {
    ...process.env,
    NODE_ENV: mode,
    NEXT_TELEMETRY_DISABLED: '1',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    VERIFICATION_API_URL: settings.VERIFICATION_API_URL ?? engineUrl(plan),
    VERIFICATION_API_KEY: keys.engine,
    NEXTAUTH_URL: consoleUrl(plan),
    NEXTAUTH_SECRET: keys.session,
    AUDIT_SIGNING_KEY: keys.signing,
  };
}

/** Address under which people open the console. */
export function consoleUrl({ settings }: Plan): string {
  return settings.NEXTAUTH_URL ?? `http://localhost:${settings.PORT}`;
}

/** Origin of the embedded verification service. */
export function engineUrl({ settings }: Plan): string {
  return `http://127.0.0.1:${settings.ENGINE_PORT}`;
}
