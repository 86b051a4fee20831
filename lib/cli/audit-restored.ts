import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { Loss } from '@/lib/audit/find-loss';
import { plainSentence } from './plain-sentence';
import { withDatabase } from './with-database';

const USAGE = `npm run audit:restored                        shows which signed events the database lost; changes nothing
npm run audit:restored -- --reason TEXT       declares them lost, as an event of the log that is signed
  --replaced N                                confirms that the database holds N other events in place of signed ones
  --new-key                                   lets another signing key go on, because the last one was lost`;

try {
  const options = readArguments();
  await withDatabase({ upToDate: options.reason !== undefined }, () => run(options));
} catch (error) {
  console.error(plainSentence(error));
  process.exitCode = 1;
}

function readArguments(): { reason: string | undefined; newKey: boolean; replaced: number } {
  try {
    const { values } = parseArgs({
      options: { reason: { type: 'string' }, replaced: { type: 'string', default: '0' }, 'new-key': { type: 'boolean', default: false } },
    });
    const reason = values.reason?.trim();
    if (reason === '' || !/^\d{1,15}$/.test(values.replaced)) throw new Error(USAGE);
    return { reason, newKey: values['new-key'], replaced: Number(values.replaced) };
  } catch {
    throw new Error(USAGE);
  }
}

/** Exit code 2 says that there is something to declare and that nothing was changed. */
async function run({ reason, newKey, replaced }: ReturnType<typeof readArguments>): Promise<void> {
  if (reason === undefined) {
    const { findLoss } = await import('@/lib/audit/find-loss');
    const loss = await findLoss();
    for (const line of loss ? linesOf(loss) : ['Nothing is missing: the log leads to every signed head.']) console.log(line);
    if (loss) console.log('Run npm run audit:restored -- --reason TEXT to declare this. It is recorded with your name on this machine.');
    process.exitCode = loss ? 2 : 0;
    return;
  }
  const { declareRestore } = await import('@/lib/audit/declare-restore');
  const done = await declareRestore({ reason, osUser: osUser(), newKey, replaced });
  for (const line of done ? linesOf(done.loss) : ['Nothing is missing: the log leads to every signed head. It is open and signed.'])
    console.log(line);
  if (done) console.log(`Declared as event ${done.seq}. The log is open and signed again.`);
}

function linesOf({ head, lost, keptByTimes, contradicted, replaced, folderLost, heads }: Loss): string[] {
  return [
    `The database ends at event ${head.seq}.`,
    ...(lost ? [`Events ${lost.from} to ${lost.to} were signed and are not in it.`] : []),
    ...(keptByTimes
      ? [
          `No signed head shows whether events ${keptByTimes.from} to ${keptByTimes.to} are the signed ones; by their times they are. At most, events ${keptByTimes.from} to ${lost?.to} were lost.`,
        ]
      : []),
    ...(lost && replaced > 0
      ? [
          `It holds ${replaced} other events from ${lost.from} on. If nobody restored a database, these may be a forgery: do not declare them. Whoever declares them has to confirm that with --replaced ${replaced}.`,
        ]
      : []),
    ...(contradicted
      ? [`Event ${contradicted.seq} was signed at ${contradicted.at} with the hash ${contradicted.hash}, and is another one.`]
      : []),
    ...(folderLost ? [`The folder of the signed heads is empty. ${shownSentence(heads.length)}`] : []),
  ];
}

function shownSentence(heads: number): string {
  return heads > 0
    ? `The table in the database shows ${heads} heads signed by a key known here; they are written back.`
    : 'The table in the database shows none either, so nobody can say whether signed events were changed or cut off.';
}

/** The person who runs the command, also behind sudo. */
function osUser(): string {
  const { username } = userInfo();
  const behind = process.env.SUDO_USER;
  return behind ? `${username} (sudo by ${behind})` : username;
}
