import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../lib/cli/browser';

const root = fileURLToPath(new URL('../..', import.meta.url));
const port = Number(process.env.E2E_PORT ?? 3910);

// Playwright reads this file again in every worker: what is drawn by lot is drawn once and handed on.
process.env.E2E_PORT = String(port);
process.env.DEMO_PASSWORD ??= randomBytes(18).toString('base64url');
process.env.CHROMIUM_PATH ??= (await findBrowser()).executablePath;

export default defineConfig({
  testDir: '.',
  outputDir: `${root}/data/test/e2e-results`,
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 150_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: `${root}/data/test/e2e.json` }]],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    // Recording every step slows every run; a failure that its picture does not explain is recorded on request.
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  projects: [
    { name: 'setup', testMatch: 'setup.spec.ts' },
    { name: 'browser', testIgnore: 'setup.spec.ts', dependencies: ['setup'] },
  ],
  webServer: {
    command: 'node --import tsx tests/e2e/start.ts',
    cwd: root,
    url: `http://localhost:${port}/api/health`,
    timeout: 8 * 60_000,
    reuseExistingServer: process.env.E2E_REUSE === '1',
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGINT', timeout: 30_000 },
  },
});
