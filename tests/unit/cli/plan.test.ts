import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childEnvironment, keepKeys, makePlan } from '@/lib/cli/plan';
import { summary } from '@/lib/cli/run';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'second-look-plan-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const vendor = { VERIFICATION_API_URL: 'https://api.example.com', VERIFICATION_API_KEY: 'vendor-key' };

describe('the plan of a start', () => {
  test('runs the embedded service and demo users when nothing is set', () => {
    expect(makePlan('production', [], {})).toMatchObject({ embeddedEngine: true, demo: true });
  });

  test('starts no embedded service where another verification API is named, and sends that one its key', () => {
    const plan = makePlan('production', [], { ...vendor, DATA_DIR: dataDir });
    expect(plan.embeddedEngine).toBe(false);
    expect(childEnvironment(plan, keepKeys(plan), 'postgresql://db/x')).toMatchObject(vendor);
  });

  test('refuses an API without its key, two services on one port, and a flag nobody knows', () => {
    expect(() => makePlan('production', [], { VERIFICATION_API_URL: 'https://api.example.com' })).toThrow('without VERIFICATION_API_KEY');
    expect(() => makePlan('production', [], { PORT: '4000', ENGINE_PORT: '4000' })).toThrow('PORT and ENGINE_PORT are both 4000');
    expect(() => makePlan('production', ['--nodemo'], {})).toThrow('--nodemo');
  });

  test('generates every key once and keeps it for its owner only', () => {
    const plan = makePlan('production', [], { DATA_DIR: dataDir });
    const keys = keepKeys(plan);
    expect(keepKeys(plan)).toEqual(keys);
    expect(new Set(Object.values(keys)).size).toBe(4);
    expect(keys.demoPassword.length).toBeGreaterThanOrEqual(15);
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  test('takes a key that is set, also for the embedded service', () => {
    const plan = makePlan('production', [], { DATA_DIR: dataDir, VERIFICATION_API_KEY: 'mine', DEMO_PASSWORD: 'a demo password' });
    expect(keepKeys(plan)).toMatchObject({ engine: 'mine', demoPassword: 'a demo password' });
  });
});

describe('what is printed at the end of a start', () => {
  test('names the address, the log-ins and where the key is, but neither engine nor session key', () => {
    const plan = makePlan('production', [], { DATA_DIR: dataDir, PORT: '4000' });
    const keys = keepKeys(plan);
    const text = summary(plan, keys);
    expect(text).toContain('http://localhost:4000');
    for (const role of ['analyst', 'manager', 'auditor', 'admin']) expect(text).toContain(`${role}@example.test`);
    expect(text).toContain(keys.demoPassword);
    expect(text).not.toContain(keys.engine);
    expect(text).not.toContain(keys.session);
    expect(text).not.toContain(keys.signing);
  });

  test('without demo users tells how to add the first one', () => {
    const plan = makePlan('production', ['--no-demo'], { DATA_DIR: dataDir });
    const text = summary(plan, keepKeys(plan));
    expect(text).toContain('npm run user -- add');
    expect(text).not.toContain('Password');
  });
});
