import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { SORT_FIELDS } from '@/lib/domain/grid-query';
import { ROLES } from '@/lib/domain/roles';
import { WIRE_SORT_FIELDS } from '@/lib/wire/list';
import { findCycle, importGraph, importsOf, sourceFiles } from './helpers/imports';

const root = fileURLToPath(new URL('..', import.meta.url));

const ALL = 'all';

/** Who may import whom. A room may always import itself. */
const MAY_IMPORT: Record<string, readonly string[] | typeof ALL> = {
  // The one rule a setting takes from elsewhere: what a time zone is.
  env: ['domain'],
  domain: [],
  picture: ['domain'],
  wire: [],
  upstream: ['wire', 'domain'],
  db: [],
  // The one program of others that is run: where it is, and how it is asked. The engine and the console's review of clips share it.
  ffmpeg: [],
  audit: ['db', 'domain'],
  mirror: ['upstream', 'db', 'domain', 'audit'],
  jobs: ['mirror', 'audit', 'review', 'export', 'changes', 'db', 'domain'],
  review: ['audit', 'mirror', 'upstream', 'ffmpeg', 'db', 'picture', 'domain'],
  // What is kept how long: about cases as review is, but it erases what review wrote, so review does not know it.
  retention: ['audit', 'review', 'export', 'db', 'domain'],
  // What takes two people: it runs the verbs of the rooms whose acts are proposed, and no verb knows it.
  changes: ['audit', 'auth', 'review', 'retention', 'db', 'domain'],
  insights: ['audit', 'mirror', 'upstream', 'db', 'domain'],
  export: ['audit', 'review', 'mirror', 'upstream', 'db', 'picture', 'domain'],
  auth: ['audit', 'db', 'domain'],
  http: ['auth', 'domain'],
  engine: ['wire', 'db', 'picture', 'ffmpeg'],
  components: ['domain', 'picture'],
  app: [
    'domain',
    'picture',
    'upstream',
    'audit',
    'mirror',
    'jobs',
    'review',
    'retention',
    'changes',
    'insights',
    'export',
    'auth',
    'http',
    'components',
  ],
  cli: ALL,
  tests: ALL,
};

const WITHOUT_ENV = ['domain', 'picture', 'wire', 'components'];
const PURE_ROOMS = ['domain', 'picture', 'wire'];
const ONLY_PACKAGE = /^zod(\/|$)/;

/** The room a file belongs to; `env` is lib/env.ts, null what lies in no room (proxy.ts counts as app). */
function roomOf(file: string): string | null {
  const [first, second] = file.split('/');
  if (file === 'lib/env.ts' || file === 'lib/env') return 'env';
  if (file === 'proxy.ts') return 'app';
  if (first === 'lib') return second ?? null;
  return first === 'app' || first === 'components' || first === 'tests' ? first : null;
}

const codeOf = (file: string) => readFileSync(`${root}/${file}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, '');

const files = [...sourceFiles(root, ['app', 'components', 'lib', 'tests']), 'proxy.ts'];
const graph = importGraph(root, files);

function arrows(): { from: string; to: string; line: string }[] {
  return [...graph].flatMap(([file, targets]) =>
    targets.flatMap((target) => {
      const from = roomOf(file);
      const to = roomOf(target);
      return from && to && from !== to ? [{ from, to, line: `${file} -> ${target}` }] : [];
    }),
  );
}

/** Files of review and retention that write past onCase, each with the reason. */
const NOT_ON_A_CASE: Record<string, string> = {
  'lib/review/on-case.ts': 'It is the rule.',
  'lib/review/next-case.ts':
    'The draw finds the case by its row in the index; it takes the case if that is free, and otherwise waits through onCase.',
  'lib/review/evidence/record-check.ts': 'Only for a file whose name is of no case.',
  'lib/review/record-evidence-view.ts': 'Only for a file whose name is of no case.',
  'lib/review/record-submission.ts': 'An attempt has no case yet; the case it becomes goes through onCase.',
  'lib/review/reveal-evidence.ts': 'An event that says nothing but who and when, and changes nothing.',
  'lib/review/presence.ts': 'Who has a page open: no words, gone after half a minute, and of no event.',
  'lib/review/run-batch.ts': 'The result of many cases, each acted on through onCase; besideErasures keeps it apart from erasures.',
  'lib/retention/erase-cases.ts': 'The event of a whole run; each case is erased through onCase.',
  'lib/review/idempotency.ts': 'Takes a remembered answer back that names no more than a case.',
  'lib/review/change-policy.ts': 'The policy is of no case.',
  'lib/review/change-keys.ts': 'The keys of a person are of no case.',
  'lib/review/change-preference.ts': 'A preference is of no case.',
  'lib/review/coordinates/set-space.ts': 'What an API counts is of no case.',
  'lib/review/coordinates/survey-space.ts': 'What the pictures of an API say of it is of no case.',
  'lib/review/draw-grants.ts': 'Queue access is of no case.',
  'lib/review/saved-views.ts': 'A view is of no case.',
};

describe('the house', () => {
  test('every file of lib lies in a room the plan knows', () => {
    const strangers = files.filter((file) => file.startsWith('lib/') && roomOf(file) !== 'env' && !(String(roomOf(file)) in MAY_IMPORT));
    expect(strangers).toEqual([]);
  });

  test('a room imports only the rooms it may', () => {
    const forbidden = arrows().filter(({ from, to }) => {
      if (to === 'env') return WITHOUT_ENV.includes(from);
      const allowed = MAY_IMPORT[from];
      return allowed !== ALL && !allowed?.includes(to);
    });
    expect(forbidden.map(({ line }) => line)).toEqual([]);
  });

  test('the pure rooms know no package but zod and nothing of Node', () => {
    const strays = files
      .filter((file) => PURE_ROOMS.includes(String(roomOf(file))))
      .flatMap((file) =>
        importsOf(readFileSync(`${root}/${file}`, 'utf8'))
          .filter((specifier) => !/^[.@]/.test(specifier) && !ONLY_PACKAGE.test(specifier))
          .map((specifier) => `${file} -> ${specifier}`),
      );
    expect(strays).toEqual([]);
  });

  test('the process that writes exports reaches nothing of the database’s client, by whatever way', () => {
    const reached = new Map(files.filter((file) => file.startsWith('lib/export/writer/')).map((file) => [file, file]));
    for (const [file, way] of reached)
      for (const target of graph.get(file) ?? []) if (!reached.has(target)) reached.set(target, `${way} -> ${target}`);
    expect(reached.has('lib/export/write-archive.ts')).toBe(true);
    const heavy = [...reached].filter(([file]) => {
      // The file of secrets is no part of the client: it signs the manifest.
      const packages =
        file.startsWith('lib/db/') && file !== 'lib/db/secrets.ts'
          ? ['@prisma/client']
          : importsOf(readFileSync(`${root}/${file}`, 'utf8'));
      return packages.some((specifier) => /prisma/.test(specifier));
    });
    expect(heavy.map(([, way]) => way)).toEqual([]);
  });

  test('pages reach the API by one way, which names their session, and keep what is typed in one place', () => {
    const screens = files.filter((file) => /^(components|app\/(?!api\/))/.test(file));
    const using = (pattern: RegExp, but: RegExp) => screens.filter((file) => !but.test(file) && pattern.test(codeOf(file)));
    expect(using(/(?<![\w.#])fetch\(|\bEventSource\(|\bWebSocket\(|sendBeacon\(/, /^components\/api\//)).toEqual([]);
    // Only an XMLHttpRequest reports the progress of an upload; it names the session itself.
    expect(using(/XMLHttpRequest\(/, /^$/)).toEqual(['components/submit/send-form.ts']);
    expect(codeOf('components/submit/send-form.ts')).toContain('sessionHeaders()');
    expect(using(/\b(localStorage|sessionStorage)\b/, /^components\/drafts\//)).toEqual([
      'components/compare/use-compare-mode.ts',
      'components/desk/queue-session.ts',
      'components/desk/undo-memory.ts',
      'components/evidence/space-memory.ts',
      'components/parts/newer-version.tsx',
    ]);
  });

  test('a key is read in one room, and no Enter of an input method sends anything', () => {
    const screens = files.filter((file) => /^(components|app\/(?!api\/))/.test(file));
    const reading = screens.filter((file) => !file.startsWith('components/keyboard/') && /['"]Enter['"]/.test(codeOf(file)));
    expect(reading).toEqual([]);
    const listening = screens.filter((file) => /addEventListener\(['"]key(down|press)/.test(codeOf(file)));
    expect(listening.toSorted()).toEqual([
      'components/keyboard/listen.ts',
      'components/keyboard/page-guard.tsx',
      // Letters for a field that is on its way.
      'components/parts/held-typing.ts',
    ]);
    // Every form and field lies in the document that holds this script: it stops the keys of an input method before any handler.
    expect(codeOf('app/layout.tsx')).toContain('<PageGuard');
    expect(codeOf('components/keyboard/page-guard.tsx')).toMatch(/isComposing&&e\.keyCode!==229\)return;e\.stopImmediatePropagation/);
  });

  test('what loads later has a boundary of its own', () => {
    const screens = files.filter((file) => /^(components|app\/(?!api\/))/.test(file));
    expect(screens.filter((file) => /next\/dynamic|\blazy\(/.test(codeOf(file)))).toEqual([]);
    const loading = screens.filter((file) =>
      /(?<!lazyPart\(\(\) => )import\(/.test(codeOf(file).replace(/lazyPart\(\s*\(\) => import\(/g, '')),
    );
    expect(loading).toEqual([
      // Code that reads a file: its failure is the failure of that file, which can be tried again.
      'components/evidence/decode-picture.ts',
      'components/evidence/look-into-file.ts',
      'components/media/camera-facts.ts',
      'components/media/draw-page.ts',
      // Nothing is shown of it.
      'components/session/session-gate.tsx',
      // Reads a file as well.
      'components/submit/file-preview.tsx',
    ]);
  });

  test('no two files import each other, however long the way round', () => {
    expect(findCycle(graph)).toBeNull();
  });

  test('the two pure rooms, which may not know each other, name the same nine sorts', () => {
    expect(SORT_FIELDS).toEqual(WIRE_SORT_FIELDS);
  });

  test('every write on a case goes through onCase', () => {
    const writes = /\$transaction\(|within\(|db\(\)\s*\.\w+\s*\.(create|update|delete|upsert)/;
    const direct = files.filter((file) => /^lib\/(review|retention)\//.test(file) && writes.test(readFileSync(`${root}/${file}`, 'utf8')));
    expect(direct.toSorted()).toEqual(Object.keys(NOT_ON_A_CASE).toSorted());
  });

  test('no code but lib/domain/roles.ts compares a role by its name: what somebody may do is a permission', () => {
    const name = `['"\`](?:${ROLES.join('|')})['"\`]`;
    const comparison = new RegExp(
      `[=!]==?\\s*${name}|${name}\\s*[=!]==?|case\\s+${name}|\\brole\\s+(?:NOT\\s+)?IN\\s*\\([^)]*${name}|\\brole\\s*(?:=|<>)\\s*${name}|${name}[^\\]\\n]*\\]\\s*\\.(?:includes|indexOf|some)\\(`,
    );
    const program = /\brole\)?\s*[=!]==?\s*'system'/;
    for (const planted of [
      "a.role === 'manager'",
      "'admin' !== role",
      "u.role IN ('analyst', 'manager')",
      "['admin', 'x'].includes(role)",
      "case 'auditor':",
    ])
      expect(comparison.test(planted), planted).toBe(true);
    const own = files.filter((file) => /^(lib|app|components)\/|^proxy/.test(file) && !file.startsWith('lib/db/generated/'));
    expect(own.filter((file) => file !== 'lib/domain/roles.ts' && comparison.test(codeOf(file)))).toEqual([]);
    expect(own.filter((file) => file !== 'lib/domain/actor.ts' && program.test(codeOf(file)))).toEqual([]);
  });

  test('the guard itself sees every form of import and a planted circle', () => {
    const text = `import a from './a';\nimport type { B } from "@/lib/b";\nexport { c } from './c';\nimport './d';\nconst e = await import('./e');\nnew Worker(new URL('./f.ts', import.meta.url));\n// import z from './z'`;
    expect(importsOf(text).toSorted()).toEqual(['./a', './c', './d', './e', './f.ts', '@/lib/b']);
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b', 'c', 'b']);
  });
});
