import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { endProcesses } from './end-group.js';
import { commandOf, identityOf, isAlive, membersOf, processesMarked, rowsFromPs } from './process-table.js';
import type { ChildProcess } from 'node:child_process';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const { pid } of children.splice(0))
    try {
      process.kill(-pid!, 'SIGKILL');
    } catch {
      // It has ended, as it should.
    }
});

/** Leads a group of its own, in which it has started a second process. */
async function leader(env: NodeJS.ProcessEnv = {}): Promise<number> {
  const code = `
    const { spawn } = require('node:child_process');
    process.on('SIGTERM', () => process.exit());
    spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }).once('spawn', () => console.log('up'));`;
  const options = {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'] as const,
  };
  const child = spawn(process.execPath, ['-e', code], { ...options, stdio: [...options.stdio] });
  children.push(child);
  await new Promise((resolve) => child.stdout!.once('data', resolve));
  return child.pid!;
}

describe('the process table', () => {
  it('tells a process from another that has its pid', async () => {
    const pid = await leader();
    const identity = identityOf(pid)!;
    expect(isAlive(identity)).toBe(true);
    expect(isAlive({ ...identity, startTime: '1' })).toBe(false);
    expect(commandOf(pid)).toContain('node');
  });

  it('finds everything of a group, and by the mark it carries', async () => {
    const mark = randomUUID();
    const pid = await leader({ MSX_RUN_TOKEN: `${mark}.1` });
    expect(membersOf(pid)).toHaveLength(2);
    const marked = processesMarked(`MSX_RUN_TOKEN=${mark}.`);
    expect(marked.map(({ group }) => group)).toEqual([pid, pid]);
    expect(processesMarked(`MSX_RUN_TOKEN=${randomUUID()}`)).toEqual([]);
  });

  it('reads the same from ps, where there are no files to read', async () => {
    const pid = await leader();
    const [row] = rowsFromPs('-p', String(pid));
    expect(row).toEqual({ pid, group: pid, startTime: expect.stringMatching(/\d\d:\d\d:\d\d \d{4}$/) });
    expect(rowsFromPs('-A').filter(({ group }) => group === pid)).toHaveLength(2);
  });

  it('ends a leader with its whole group', async () => {
    const pid = await leader();
    expect(await endProcesses([identityOf(pid)!], 2_000)).toEqual([]);
    expect(identityOf(pid)).toBeUndefined();
    expect(membersOf(pid)).toEqual([]);
  });
});
