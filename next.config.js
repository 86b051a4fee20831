/** @type {import('next').NextConfig} */
export default {
  // Tests and benches build beside a running console; they name their own folder.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  // Written into server and pages alike, so that a page notices that it is older than its server.
  env: { CONSOLE_VERSION: process.env.CONSOLE_VERSION ?? '' },
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`, with the same compiler everywhere.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    'pg',
    '@prisma/client',
    '@prisma/adapter-pg',
    'undici',
    'pino',
    'pg-copy-streams',
    'pdfkit',
    'fontkit',
    '@ffmpeg-installer/ffmpeg',
  ],
};
