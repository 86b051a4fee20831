import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { request } from 'undici';

export interface Product {
  url: string;
  /** The Cookie header of a signed-in demo analyst. */
  cookie: string;
  /** CPU milliseconds the console's processes have used so far. */
  cpuMs(): number;
  stop(): Promise<void>;
}

/** Starts the real `up` on data of its own against a given verification API, signs an analyst in, and answers when it is ready. */
export async function startProduct(
  upstream: { url: string; key: string },
  port: number,
  log: (line: string) => void,
  dataDir = 'data/test/bench',
): Promise<Product> {
  const password = randomBytes(18).toString('base64url');
  const url = `http://localhost:${port}`;
  // Its input stays open for as long as the bench lives: killed, it takes the product with it.
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', './lib/cli/end-with-parent.mjs', 'lib/cli/up.ts'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      SECOND_LOOK_PARENT: String(process.pid),
      PORT: String(port),
      DATA_DIR: path.resolve(dataDir),
      DATABASE_URL: '',
      VERIFICATION_API_URL: upstream.url,
      VERIFICATION_API_KEY: upstream.key,
      NEXTAUTH_URL: url,
      NEXT_DIST_DIR: '.next-test',
      DEMO_PASSWORD: password,
      LOG_LEVEL: 'error',
    },
  });
  child.stdout?.on('data', (chunk: Buffer) => log(chunk.toString().trimEnd()));
  await untilHealthy(url, child);
  const cookie = await signIn(url, 'analyst@example.test', password);
  return {
    url,
    cookie,
    cpuMs: () => consoleCpuMs(child.pid ?? 0),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGINT');
      await gone;
    },
  };
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('The console stopped before it was ready; its output is above.');
  });
  const healthy = (async () => {
    for (;;) {
      const answer = await fetch(`${url}/api/health`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  })();
  await Promise.race([healthy, ended]);
}

async function signIn(url: string, email: string, password: string): Promise<string> {
  const csrf = await request(`${url}/api/auth/csrf`);
  const first = cookiesOf(csrf.headers['set-cookie']);
  const { csrfToken } = JSON.parse(await csrf.body.text());
  const answer = await request(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { cookie: first, 'content-type': 'application/x-www-form-urlencoded', origin: url },
    body: new URLSearchParams({ csrfToken, email, password, json: 'true', callbackUrl: url }).toString(),
  });
  await answer.body.dump();
  const cookie = cookiesOf(answer.headers['set-cookie']);
  if (!cookie.includes('session-token')) throw new Error('The demo analyst could not sign in.');
  return cookie;
}

function cookiesOf(header: string | string[] | undefined): string {
  return [header ?? []]
    .flat()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** CPU of every process below `up` that runs Next, read from /proc; the benches that need it run on Linux. */
function consoleCpuMs(root: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const [ticks, parent] = [Number(fields[11]) + Number(fields[12]), Number(fields[1])];
        return [{ pid: Number(pid), parent, ticks, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }];
      } catch {
        return [];
      }
    });
  const below = (pid: number): number[] => [pid, ...processes.filter(({ parent }) => parent === pid).flatMap((child) => below(child.pid))];
  const family = new Set(below(root));
  const TICK_MS = 10;
  const console = processes.filter(({ pid, command }) => family.has(pid) && /next/.test(command) && !/cli\/up/.test(command));
  return console.reduce((sum, { ticks }) => sum + ticks * TICK_MS, 0);
}
