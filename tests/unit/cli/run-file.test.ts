import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainSentence } from '@/lib/cli/plain-sentence';
import { requireFreePort } from '@/lib/cli/ports';
import { identify } from '@/lib/cli/process-identity';
import { findOwner, takeOver } from '@/lib/cli/run-file';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'second-look-run-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('a data folder', () => {
  test('is refused while a process runs on it, and free once that released it', async () => {
    const held = await takeOver(dataDir);
    await expect(takeOver(dataDir)).rejects.toThrow(`Second Look already runs on ${dataDir} (process ${process.pid})`);
    held.release();
    expect(existsSync(join(dataDir, 'up.json'))).toBe(false);
    (await takeOver(dataDir)).release();
  });

  test('left by a killed process is taken over, and what that one started is ended first', async () => {
    const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const ended = once(orphan, 'exit');
    const known = identify(orphan.pid ?? 0);
    writeFileSync(join(dataDir, 'up.json'), JSON.stringify({ owner: { pid: 4_000_000, since: 'gone' }, children: [known] }));
    const held = await takeOver(dataDir);
    expect(await ended).toEqual([null, 'SIGTERM']);
    held.release();
  });

  test('does not end a process that only got the id of one that was started here', async () => {
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const noted = { owner: { pid: process.pid, since: 'before' }, children: [{ pid: stranger.pid, since: 'before' }] };
    writeFileSync(join(dataDir, 'up.json'), JSON.stringify(noted));
    expect(findOwner(dataDir)).toBeUndefined();
    const held = await takeOver(dataDir);
    expect(identify(stranger.pid ?? 0)).toBeDefined();
    held.release();
    stranger.kill();
  });
});

describe('what a person is told', () => {
  test('of a port in use: which, and which setting changes it', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
    await expect(requireFreePort('PORT', port, '127.0.0.1')).rejects.toThrow(`Port ${port} is in use by another program; set PORT`);
    server.close();
  });

  test.each([
    ['a missing permission', { code: 'EACCES', path: '/srv/data' }, 'This user may not write /srv/data'],
    ['a full disk', { code: 'ENOSPC' }, 'The disk is full'],
    ['a database that does not answer', { code: 'ECONNREFUSED', address: '10.0.0.1', port: 5432 }, 'Nothing answers at 10.0.0.1:5432'],
  ])('of %s is one sentence without a stack trace', (_, details, start) => {
    const told = plainSentence(Object.assign(new Error('x'), details));
    expect(told).toMatch(new RegExp(`^${start}`));
    expect(told).not.toContain('\n');
  });
});
