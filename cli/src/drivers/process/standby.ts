import { spawn } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ChildProcess } from 'node:child_process';
import type { Preload, ProcessRun } from '../../engine/spec.js';

export type Program = Pick<ProcessRun, 'cwd' | 'argv' | 'env'>;

/**
 * What a process on standby runs before its program: it loads the packages named, then waits, without a turn of
 * the event loop, for a byte on stdin. When stdin ends instead, nobody is left to want it. What the program starts
 * in its turn inherits the flag, but not the variable.
 */
const PRELOAD = `import { readSync } from 'node:fs';
const names = process.env.MSX_PRELOAD;
delete process.env.MSX_PRELOAD;
if (names !== undefined) {
  await Promise.allSettled(names.split(',').map((name) => import(name)));
  if (readSync(0, Buffer.alloc(1)) === 0) process.exit();
}
`;

/**
 * A Node process that has loaded all its program stands on, but not its program: that it reads from disk when it is
 * told to go on. Loading takes most of a service's start, and can be done long before.
 */
export class Standby {
  readonly #child: ChildProcess;
  readonly #since = Date.now();

  constructor(
    { cwd, argv, env }: Program,
    private readonly preload: Preload,
    fd: number,
  ) {
    const [command, ...args] = argv as [string, ...string[]];
    this.#child = spawn(command, ['--import', preloadFile(cwd), ...args], {
      cwd,
      env: { ...env, MSX_PRELOAD: preload.packages.join(',') },
      stdio: ['pipe', fd, fd],
      detached: true,
    });
    // One that has died meanwhile cannot be told anything: it is not used then.
    this.#child.stdin!.on('error', () => {});
    this.#child.on('error', () => {});
  }

  /** The process, now running its program; nothing when it has died, or has loaded what npm has replaced since. */
  release(): ChildProcess | undefined {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return undefined;
    if (changedAt(this.preload.installedBy) > this.#since) return void this.end();
    this.#child.stdin!.end('\n');
    return this.#child;
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** In a folder of the package, so that its packages are found from there. */
function preloadFile(cwd: string): string {
  const folder = join(cwd, 'node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'msx-standby.mjs');
  writeFileSync(file, PRELOAD);
  return pathToFileURL(file).href;
}
