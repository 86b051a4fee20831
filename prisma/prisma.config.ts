import { defineConfig } from 'prisma/config';

/** For `npx prisma … --config prisma/prisma.config.ts`. The console and its tests apply migrations by themselves. */
export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  // The schema in the address is where Prisma keeps its books; lib/db/migrate.ts keeps the same ones.
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://127.0.0.1/second_look?schema=console' },
});
