import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { randomSecret } from '@/lib/db/secrets';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { plainSentence } from './plain-sentence';
import { withDatabase } from './with-database';

const USAGE = `npm run user -- add EMAIL --role ROLE [--name NAME]   adds a user
npm run user -- role EMAIL ROLE                       changes a role: analyst, manager, auditor or admin
npm run user -- disable EMAIL                         locks a user out at once
npm run user -- left EMAIL                            confirms that a disabled or demoted second reviewer has left
npm run user -- enable EMAIL                          lets a disabled user in again
npm run user -- password EMAIL                        sets a new password

A password set here has to be changed at the next sign-in. --permanent lets it stay, for automation.

On a terminal a password is asked for; elsewhere one is generated, or read from standard input with --password-stdin.`;

try {
  const work = await readCommand();
  await withDatabase({ upToDate: true }, async () => console.log(await work()));
} catch (error) {
  console.error(plainSentence(error));
  process.exitCode = 1;
}

/** Parses the command line before anything is started; answers what to do once the database is there. */
async function readCommand(): Promise<() => Promise<string>> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      name: { type: 'string' },
      'password-stdin': { type: 'boolean', default: false },
      permanent: { type: 'boolean', default: false },
    },
  });
  const [verb, email, role = values.role] = positionals;
  if (verb === undefined || email === undefined) throw new Error(USAGE);
  const way = values.permanent ? 'SETUP' : 'GIVEN';
  const first = values.permanent ? '' : ' It has to be changed at the next sign-in.';
  const users = () => import('@/lib/auth/users');
  if (verb === 'disable') {
    return async () => {
      await (await users()).disableUser(SYSTEM_ACTOR, email);
      return `${email} can no longer log in.`;
    };
  }
  if (verb === 'left') {
    return async () => {
      await (await import('@/lib/auth/approver-left')).approverLeft(SYSTEM_ACTOR, email);
      return `Changes that take two people no longer wait for ${email}.`;
    };
  }
  if (verb === 'enable') {
    return async () => {
      await (await users()).enableUser(SYSTEM_ACTOR, email);
      return `${email} can log in again.`;
    };
  }
  if (verb === 'role' && role !== undefined) {
    return async () => {
      await (await users()).changeRole(SYSTEM_ACTOR, email, role);
      return `${email} is now ${role}.`;
    };
  }
  if (verb === 'password') {
    const chosen = await choosePassword(values['password-stdin']);
    return async () => {
      await (await users()).setPassword(SYSTEM_ACTOR, email, chosen.password, way);
      return `${email} has a new password${chosen.note}.${first}`;
    };
  }
  if (verb === 'add' && role !== undefined) {
    const chosen = await choosePassword(values['password-stdin']);
    return async () => {
      const name = values.name ?? email.split('@')[0] ?? email;
      await (await users()).addUser(SYSTEM_ACTOR, { email, name, role, password: chosen.password }, way);
      return `${email} can log in as ${role}${chosen.note}.${first}`;
    };
  }
  throw new Error(USAGE);
}

type Chosen = { password: string; note: string };

async function choosePassword(fromInput: boolean): Promise<Chosen> {
  const given = await givenPassword(fromInput);
  if (given !== '') return { password: given, note: '' };
  const password = randomSecret().slice(0, 20);
  return { password, note: `, with the password ${password} (shown only now)` };
}

function givenPassword(fromInput: boolean): Promise<string> | string {
  if (fromInput) return firstLine();
  return process.stdin.isTTY ? ask('Password (at least 15 characters; empty: one is generated): ') : '';
}

async function ask(question: string): Promise<string> {
  process.stdout.write(question);
  // Swallows the echo of what is typed.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stdout.write('\n');
  }
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}
