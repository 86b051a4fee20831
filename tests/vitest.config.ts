import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files about functions of their arguments alone: no database, no settings, no server. */
const PURE = [
  'api',
  'compare',
  'desk',
  'domain',
  'drafts',
  'evidence',
  'filters',
  'grid',
  'keyboard',
  'media',
  'palette',
  'privacy',
  'review',
  'review-ui',
].map((room) => `tests/unit/${room}/**/*.test.ts`);
const NOT_HERE = ['tests/e2e/**', 'tests/contract/api/**'];

export default defineConfig({
  root,
  // TypeScript first, as everywhere else: lib/audit has a verify.ts and a verify.mjs.
  resolve: { alias: { '@': root.replace(/\/$/, '') }, extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  test: {
    environment: 'node',
    // Long: a test fails for what is wrong, never for how busy the machine is.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          exclude: [...NOT_HERE, ...PURE],
          globalSetup: ['tests/helpers/global-setup.ts'],
        },
      },
      // They share a process: each in one of its own takes longer to start than to run.
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
    ],
  },
});
