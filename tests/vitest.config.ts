import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  // TypeScript first, as everywhere else: lib/audit has a verify.ts and a verify.mjs.
  resolve: { alias: { '@': root.replace(/\/$/, '') }, extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/contract/api/**'],
    globalSetup: ['tests/helpers/global-setup.ts'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
