import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRunFile } from '../engine/control/run-file.js';
import { ToySystem, isRunning, until } from './toy-system.fixture.js';
import { worktreesOf } from './toy-worktree.fixture.js';
import type { ListedSystem } from './listed-systems.js';
import type { PortState } from './held-ports.js';
import type { ProcessReport } from './report.js';

/** Its own folder for sockets, so that these tests see only their own systems. */
let temporary: string;
let clone: ToySystem;
let worktree: ToySystem;
let local: ToySystem;
let copies: ToySystem[];
let localPids: number[];
let started: Map<ToySystem, Record<string, number[]>>;

const portsByName = (processes: readonly ProcessReport[]) =>
  Object.fromEntries(processes.map(({ name, ports }) => [name, ports]));
const json = async <T>(toys: ToySystem, ...args: string[]) =>
  JSON.parse((await toys.msx(...args)).output) as T;
const list = async () => (await json<{ systems: ListedSystem[] }>(clone, 'list')).systems;

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'msx-side-'));
  clone = await ToySystem.create({ alpha: 'well', beta: 'well' });
  clone.temporary = temporary;
  [worktree, local] = worktreesOf(clone, 2) as [ToySystem, ToySystem];
  copies = [clone, worktree, local];
  writeFileSync(join(local.root, 'msx.local.yaml'), 'isolated: true\n');
  const reports = await Promise.all([
    clone.report('dev', 'start', '--isolated'),
    worktree.report('dev', 'start', '--isolated'),
    local.report('dev', 'start'),
  ]);
  localPids = local.pids;
  started = new Map(copies.map((copy, n) => [copy, portsByName(reports[n]!.processes)]));
}, 120_000);
afterAll(async () => {
  for (const copy of copies.toReversed()) if (existsSync(copy.root)) await copy.destroy();
  rmSync(temporary, { recursive: true, force: true });
});

describe('a clone and its worktrees, isolated', () => {
  it('start at once, on ports that neither msx.yaml nor another copy has', () => {
    const chosen = copies.flatMap((copy) => Object.values(started.get(copy)!).flat());
    expect(chosen).toHaveLength(3 * 2 * 2);
    expect(new Set([...chosen, ...clone.ports]).size).toBe(chosen.length + clone.ports.length);
  });

  it('are each described by the commands in their own folder', async () => {
    const check = async (copy: ToySystem) => {
      const ports = started.get(copy)!;
      const [status, held, logs] = await Promise.all([
        copy.report('dev', 'status'),
        json<{ ports: PortState[] }>(copy, 'ports'),
        copy.msx('logs', 'alpha'),
      ]);
      expect(portsByName(status.processes)).toEqual(ports);
      expect(status.mode).toMatchObject({ isolated: true });
      expect(held.ports.map(({ port, heldBy }) => [port, heldBy])).toEqual(
        [...ports['alpha']!, ...ports['beta']!].map((port) => [port, 'run']),
      );
      expect(logs.output.match(/wound up/g)).toHaveLength(1);
    };
    await Promise.all([clone, local].map(check));
  });

  it('are listed with their folders, ports and memory', async () => {
    const systems = await list();
    expect(systems.map(({ folder }) => folder).sort()).toEqual(copies.map(({ root }) => root).sort());
    for (const copy of copies)
      expect(systems.find(({ folder }) => folder === copy.root)).toMatchObject({
        name: 'toys',
        state: 'running',
        isolated: true,
        services: ['alpha', 'beta'],
        ports: Object.values(started.get(copy)!)
          .flat()
          .sort((a, b) => a - b),
        memory: expect.any(Number),
        uptimeMs: expect.any(Number),
      });
  });

  it('keep their ports while they run: after a stop, a start and a restart', async () => {
    const ports = started.get(worktree)!;
    await worktree.report('dev', 'stop', 'beta');
    const held = await json<{ ports: PortState[] }>(worktree, 'ports');
    expect(held.ports.map(({ port, heldBy }) => `${port} ${heldBy}`)).toEqual([
      ...ports['alpha']!.map((port) => `${port} run`),
      ...ports['beta']!.map((port) => `${port} nobody`),
    ]);
    expect(portsByName((await worktree.report('dev', 'start')).processes)).toEqual(ports);
    expect(portsByName((await worktree.report('dev', 'restart')).processes)).toEqual(ports);
  });

  it('are listed as left behind when their engine was killed, even once their folder is gone', async () => {
    process.kill(readRunFile(local.root)!.engine.pid, 'SIGKILL');
    const expected = { name: 'toys', folder: local.root, services: ['alpha', 'beta'] };
    const left = () => list().then((systems) => systems.find(({ state }) => state === 'left behind'));
    expect(await until(left)).toMatchObject(expected);
    rmSync(local.root, { recursive: true });
    expect(await left()).toMatchObject(expected);
  });

  it('are all stopped with --all, and nothing of them is left', async () => {
    const pids = [...clone.pids, ...worktree.pids, ...localPids];
    rmSync(worktree.root, { recursive: true });
    const { systems } = await json<{ systems: object[] }>(clone, 'dev', 'stop', '--all');
    expect(systems).toHaveLength(3);
    expect(systems).toEqual(
      expect.arrayContaining(
        copies.map(({ root }) => ({ name: 'toys', folder: root, stopped: ['alpha', 'beta'] })),
      ),
    );
    expect(pids.filter(isRunning)).toEqual([]);
    expect(await clone.says('list')).toBe('no system of this user is running\n');
    const [sockets] = readdirSync(temporary).filter((name) => name.startsWith('msx-'));
    expect(readdirSync(join(temporary, sockets!)).filter((name) => /\.(sock|json)$/.test(name))).toEqual([]);
  });
});
