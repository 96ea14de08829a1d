import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Locks } from '../processes/lock.js';
import { identityOf } from '../processes/process-table.js';
import { withEnvironment } from '../../with-environment.fixture.js';
import { blocksFor, freeSystemPorts } from './free-system-ports.js';
import { holdPort } from './toy-system.fixture.js';

let root: string;
let sockets: string;
beforeEach(() => {
  [root, sockets] = ['root', 'sockets'].map((name) => mkdtempSync(join(tmpdir(), `msx-${name}-`))) as [
    string,
    string,
  ];
});
afterEach(() => [root, sockets].forEach((folder) => rmSync(folder, { recursive: true })));

const choose = (count: number, avoid: number[] = []) =>
  withEnvironment({ MSX_RUNTIME_DIR: sockets }, () => freeSystemPorts(root, count, new Set(avoid)));

describe('the ports of an isolated system', () => {
  it('are the same for a folder, unless they are held or belong to another system', async () => {
    const [first, second, third] = await choose(3);
    expect(await choose(3)).toEqual([first, second, third]);
    expect(await choose(1, [first!])).toEqual([second]);
    const free = await holdPort(first!);
    try {
      expect(await choose(2)).toEqual([second, third]);
    } finally {
      await free();
    }
  });

  it('are not those that another command is about to use', async () => {
    const [first] = await choose(1);
    const block = Math.floor((first! - 17_000) / 50);
    rmSync(sockets, { recursive: true });
    // The parent of this process stands for a command that is choosing at the same time.
    const other = identityOf(process.ppid)!;
    new Locks(sockets, `ports-${block}`).take(other, () => false);
    const [different] = await choose(1);
    expect(Math.floor((different! - 17_000) / 50)).toBe((block + 1) % 44);
  });

  it('are refused if there are not enough', async () => {
    const all = Array.from({ length: 2_200 }, (_, n) => 17_000 + n);
    await expect(choose(1, all)).rejects.toMatchObject({
      code: 'PORTS_EXHAUSTED',
      message: 'fewer than 1 ports from 17000 to 19199 are free',
    });
  });

  it('are tried in blocks, each once, from a place that depends on the folder', () => {
    expect(new Set(blocksFor('00000000')).size).toBe(44);
    expect(blocksFor('00000000')[0]).not.toBe(blocksFor('00000001')[0]);
  });
});
