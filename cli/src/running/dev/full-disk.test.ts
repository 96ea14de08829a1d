import { afterEach, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToySystem } from './toy-system.fixture.js';
import { describeWhere } from '../../../../checks/skipping.fixture.js';

/** A small disk in its own mount namespace: only root may mount one, and not everywhere. */
const canMount = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

const PRELUDE = `
  mount -t tmpfs -o size=4m none "$disk" || exit
  msx() { "$node" "$cli" "$@" --json; echo "exit $?"; }
  fill() { dd if=/dev/zero of="$disk/filled" bs=4k 2> /dev/null; }
`;

describeWhere(canMount, 'only root can mount a small disk')('a full disk', () => {
  let toys: ToySystem;
  afterEach(() => toys.destroy());

  /** The output of shell commands, with this folder of the system on a small disk. */
  async function onSmallDisk(folder: string, script: string): Promise<string[]> {
    toys = await ToySystem.create({ alpha: 'well' });
    // Stubs are moved from `.msx` by a rename, which works within one disk.
    await toys.msx('build');
    const disk = join(toys.root, folder);
    mkdirSync(disk, { recursive: true });
    const env = {
      PATH: process.env['PATH']!,
      TMPDIR: tmpdir(),
      disk,
      node: process.execPath,
      cli: toys.command,
    };
    const run = spawnSync('unshare', ['-m', 'bash', '-c', PRELUDE + script], {
      cwd: toys.root,
      encoding: 'utf8',
      env,
    });
    return run.stdout.trim().split('\n');
  }

  it.each([
    ['logs', 'alpha.log'],
    ['.msx', 'engine.log'],
  ])('in %s makes a start fail, and is named in the error', async (folder, file) => {
    const output = await onSmallDisk(folder, 'fill; msx dev start; msx dev stop');
    const place = join(toys.root, folder);
    const error = JSON.parse(output.slice(0, output.indexOf('exit 1')).join('\n')) as { error: object };
    expect(error).toMatchObject({
      error: {
        code: 'DISK_FULL',
        message: `no space is left in ${place} (0 kB free): ${file} was not written`,
      },
    });
    expect(JSON.parse(output.slice(output.indexOf('exit 1') + 1, -1).join('\n'))).toEqual({ stopped: [] });
    expect(output.at(-1)).toBe('exit 0');
  });

  it.each(['logs', '.msx'])('in %s does not end a running system, nor prevent a stop', async (folder) => {
    const script = `msx dev start > /dev/null; fill; msx dev status; msx dev stop`;
    const output = await onSmallDisk(folder, script);
    const [status, stop] = output.join('\n').split(/exit \d+/);
    expect(JSON.parse(status!)).toMatchObject({ processes: [{ name: 'alpha', state: 'ready' }] });
    expect(JSON.parse(stop!)).toEqual({ stopped: ['alpha'] });
    expect(toys.pids).toEqual([]);
  });
});
