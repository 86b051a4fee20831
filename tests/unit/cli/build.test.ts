import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint } from '@/lib/cli/build';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'second-look-build-'));
  write('app/page.tsx', 'one');
  write('package-lock.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

describe('the fingerprint of the sources, by which a start knows whether to build', () => {
  test.each(['app/page.tsx', 'app/new.tsx', 'lib/domain/x.ts', 'components/x.tsx', 'package-lock.json', 'next.config.js', 'proxy.ts'])(
    'changes with %s',
    (file) => {
      const before = fingerprint(root);
      write(file, 'changed');
      expect(fingerprint(root)).not.toBe(before);
    },
  );

  test('changes when a file is renamed without its content changing', () => {
    write('app/a.tsx', 'same');
    const before = fingerprint(root);
    rmSync(join(root, 'app/a.tsx'));
    write('app/b.tsx', 'same');
    expect(fingerprint(root)).not.toBe(before);
  });

  test.each(['lib/cli/up.ts', 'lib/engine/main.ts', 'tests/unit/x.test.ts', 'data/secrets.json', 'README.md'])('ignores %s', (file) => {
    const before = fingerprint(root);
    write(file, 'changed');
    expect(fingerprint(root)).toBe(before);
  });
});
