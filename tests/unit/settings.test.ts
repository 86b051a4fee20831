import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readEnv, settings } from '@/lib/env';

const readme = readFileSync('README.md', 'utf8');
const rows = Object.entries(settings.shape).map(([name, schema]) => {
  const byDefault = schema.safeParse(undefined).data;
  return `| \`${name}\` | ${byDefault === undefined ? '' : `\`${byDefault}\``} | ${schema.description} |`;
});

test('the README lists every setting with its default and what it does', () => {
  expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
});

test('a wrong setting is named in a sentence, its value is not', () => {
  expect(() => readEnv({ PORT: 'x', DEMO_PASSWORD: 'too short' })).toThrow(/Setting PORT is not usable[\s\S]*Setting DEMO_PASSWORD/);
  expect(() => readEnv({ DEMO_PASSWORD: 'too short' })).not.toThrow(/too short$|: too short/);
});

test('an empty setting counts as absent', () => {
  const { PORT, DATABASE_URL } = readEnv({ PORT: '', DATABASE_URL: '' });
  expect([PORT, DATABASE_URL]).toEqual([3000, undefined]);
});
