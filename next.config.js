/** @type {import('next').NextConfig} */
export default {
  // Tests and benches build beside a running console; they name their own folder.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`, with the same compiler everywhere.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg', 'undici', 'pino', 'pg-copy-streams', 'pdfkit', 'fontkit'],
};
