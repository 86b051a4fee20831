import { z } from 'zod';
import { type Calendar, isTimeZone } from './domain/calendar-day';

const port = z.coerce.number().int().min(1).max(65535);
const positive = z.coerce.number().int().positive();
const fraction = z.coerce.number().min(0).max(1);

/** Every setting of the project: its name, its default, and one sentence on what it does. */
export const settings = z.object({
  PORT: port.default(3000).describe('Port of the console.'),
  BIND_ADDRESS: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address the console listens on; 0.0.0.0 lets other machines in, and NEXTAUTH_URL must then name this one.'),
  ENGINE_PORT: port.default(3101).describe('Port of the embedded verification service.'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('data')
    .describe('Folder of everything that is kept: database, files, model weights, generated secrets.'),
  DATABASE_URL: z.url().optional().describe('PostgreSQL to use instead of the embedded one.'),
  DATABASE_POOL: positive.default(10).describe('Database connections one process may hold.'),
  VERIFICATION_API_URL: z
    .url()
    .optional()
    .describe('Origin of the verification API to use instead of the embedded service, for example https://api.example.com.'),
  VERIFICATION_API_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('Key sent to the verification API as x-api-key; also the key the embedded service expects.'),
  UPSTREAM_TIMEOUT_MS: positive
    .default(15_000)
    .describe('How long the console waits for the first byte of an answer of the verification API.'),
  SUBMIT_TIMEOUT_MS: positive
    .default(120_000)
    .describe('How long the console waits for the verification API to judge two submitted files, from their last byte on.'),
  SYNC_INTERVAL_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(86_400)
    .default(10)
    .describe('Seconds between two looks at the newest records of the verification API; 0 keeps no index.'),
  DEMO_PASSWORD: z.string().min(15).optional().describe('Password of the demo users; generated and printed when absent.'),
  NEXTAUTH_URL: z.url().optional().describe('Address under which people open the console, for example https://review.example.com.'),
  NEXTAUTH_SECRET: z.string().min(32).optional().describe('Key of the session cookies; generated under DATA_DIR when absent.'),
  SESSION_HOURS: positive.default(12).describe('Hours until a session ends by itself.'),
  PASSWORD_COST: z.coerce
    .number()
    .int()
    .min(10)
    .max(15)
    .default(12)
    .describe('Cost of the bcrypt hashes of passwords; each step doubles the time of a try.'),
  OIDC_ISSUER: z.url().optional().describe('Issuer of an OpenID Connect provider; with the next two it adds a sign-in button.'),
  OIDC_CLIENT_ID: z.string().optional().describe('Client id at that provider.'),
  OIDC_CLIENT_SECRET: z.string().optional().describe('Client secret at that provider.'),
  OIDC_NAME: z.string().default('Single sign-on').describe('Text of that sign-in button.'),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'write an IANA name this machine knows, such as Europe/Berlin')
    .default('UTC')
    .describe('Time zone of the organisation (IANA name): its days are the days of every filter, and its clock is on every screen.'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info').describe('How much the processes log.'),
  ENGINE_WORKERS: positive.default(1).describe('Threads of the embedded service that run the models.'),
  ENGINE_QUEUE: positive.default(16).describe('Verifications that may wait for a thread; beyond it the service answers 503.'),
  MATCH_THRESHOLD: fraction.default(0.38).describe('Cosine similarity from which the embedded service calls two faces the same person.'),
  RIGIDITY_THRESHOLD: fraction
    .default(0.99)
    .describe('Agreement of the frames of a selfie video, moved as a flat picture, from which the embedded service calls the face one.'),
  ENGINE_PATIENCE_MS: positive
    .default(60_000)
    .describe('How long a thread of the embedded service may hold verifications without finishing one before it is replaced.'),
  FFMPEG_PATH: z
    .string()
    .min(1)
    .optional()
    .describe("ffmpeg for selfie videos, instead of the system's or the one that came with the packages."),
  EVIDENCE_COPY_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'write it as 64 hex digits')
    .optional()
    .describe('Key (64 hex digits) under which encrypted copies of both files are kept at each decision; none are kept when absent.'),
  AUDIT_SIGNING_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'write it as 64 hex digits')
    .optional()
    .describe('Ed25519 seed (64 hex digits) that signs the heads of the audit log; generated under DATA_DIR when absent.'),
  AUDIT_CHECKPOINT_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of the signed heads of the audit log, best on another disk than the database; DATA_DIR/checkpoints when absent.'),
  AUDIT_WITNESS_URL: z.url().optional().describe('Address each signed head of the audit log is posted to as JSON.'),
  EXPORT_KEEP_HOURS: positive
    .default(72)
    .describe('Hours a finished export lies under DATA_DIR/exports to be downloaded; its row and its events stay.'),
  LIVENESS_THRESHOLD: fraction.default(0.5).describe('Score from which the embedded service calls a selfie a living person.'),
});

export type Env = z.infer<typeof settings>;

/**
 * Reads the settings from an environment. An empty string counts as absent.
 * Throws an Error whose message is one sentence per wrong setting; values never appear in it.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => `Setting ${issue.path.join('.')} is not usable: ${issue.message}.`);
  throw new Error(sentences.join('\n'));
}

/** Returns the organisation's calendar at this moment. */
export function calendarNow(): Calendar {
  return { zone: env().TIME_ZONE, now: Date.now() };
}

let cached: Env | undefined;

/** The settings of this process, read once. */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}
