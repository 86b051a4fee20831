import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

// The first draws pages without a window around them, which costs a quarter less time.
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const ON_MAC = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

export type Browser = { executablePath: string };

/**
 * A Chromium for tests: the one CHROMIUM_PATH names, else one of the system, else Playwright's own, else one that is installed
 * now: by Playwright, or as root by apt-get. Throws an Error with one sentence when there is none to be had.
 */
export async function findBrowser(say: (sentence: string) => void = () => {}): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!isProgram(given)) throw new Error(`CHROMIUM_PATH names ${given}, which is not a program.`);
    return { executablePath: given };
  }
  const found = systemBrowser() ?? playwrightBrowser();
  if (found) return { executablePath: found };
  say('No browser found; asking Playwright to install one');
  installWithPlaywright();
  const own = playwrightBrowser();
  if (own) return { executablePath: own };
  if (process.getuid?.() === 0) {
    for (const name of ['chromium-headless-shell', 'chromium']) {
      say(`Installing ${name} with apt-get`);
      installWithApt(name);
      const installed = systemBrowser();
      if (installed) return { executablePath: installed };
    }
  }
  throw new Error('The browser tests need Chromium or Chrome, and none could be installed; install one, or set CHROMIUM_PATH.');
}

function systemBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...ON_MAC];
  return candidates.find((candidate) => isProgram(candidate) && starts(candidate));
}

function playwrightBrowser(): string | undefined {
  const script = "import('playwright').then(({ chromium }) => console.log(chromium.executablePath()))";
  const asked = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const path = asked.stdout.trim();
  return path && isProgram(path) && starts(path) ? path : undefined;
}

function installWithPlaywright(): void {
  const command = createRequire(import.meta.url).resolve('@playwright/test/cli');
  spawnSync(process.execPath, [command, 'install', 'chromium'], { stdio: 'ignore', timeout: 180_000 });
}

function installWithApt(name: string): void {
  const options = { stdio: 'ignore', timeout: 400_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update'], options);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], options);
}

// Ubuntu's chromium may be a script that only says to install a snap, and a downloaded one may lack libraries.
function starts(path: string): boolean {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
