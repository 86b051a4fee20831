import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The suite against a server that claims the API; `npm run contract` names the server in the environment. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    include: ['tests/contract/api/**/*.test.ts'],
    globalSetup: ['tests/contract/api/setup.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // One question at a time: a vendor counts calls, and the order of the findings is the order of the table.
    fileParallelism: false,
    pool: 'forks',
  },
});
