import { spawn } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { ChildProcess } from 'node:child_process';
import type { Preload, ProcessRun } from '../../engine/spec.js';

export type Program = Pick<ProcessRun, 'cwd' | 'argv' | 'env'>;

/**
 * Runs before the program of a process on standby: loads the given packages, then blocks, without a turn of the event
 * loop, until a byte arrives on stdin, and marks the time. If stdin ends instead, the engine is gone. Processes that the
 * program starts inherit the flag, but not the variable.
 */
const PRELOAD = `import { readSync } from 'node:fs';
const names = process.env.MSX_PRELOAD;
delete process.env.MSX_PRELOAD;
if (names !== undefined) {
  await Promise.allSettled(names.split(',').map((name) => import(name)));
  if (readSync(0, Buffer.alloc(1)) === 0) process.exit();
  performance.mark('msx: program begins');
}
`;

/**
 * A Node process that has loaded the dependencies of its program, but not the program itself, which it reads from disk
 * when it is released. Loading takes most of the start of a service, and can be done in advance.
 */
export class Standby {
  readonly #child: ChildProcess;
  readonly #since = Date.now();

  constructor(
    readonly program: Program,
    private readonly preload: Preload,
    fd: number,
  ) {
    const { cwd, argv, env } = program;
    const [command, ...args] = argv as [string, ...string[]];
    this.#child = spawn(command, ['--import', preloadFile(cwd), ...args], {
      cwd,
      env: { ...env, MSX_PRELOAD: preload.packages.join(',') },
      stdio: ['pipe', fd, fd],
      detached: true,
    });
    // A process that has died cannot be released: it is not used then.
    this.#child.stdin!.on('error', () => {});
    this.#child.on('error', () => {});
  }

  /**
   * @returns the process, now running its program; undefined if it has died, has loaded packages that npm has replaced
   * since, or was prepared for another program
   */
  release(program: Program): ChildProcess | undefined {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return undefined;
    if (!isDeepStrictEqual(withoutToken(program), withoutToken(this.program))) return void this.end();
    if (changedAt(this.preload.installedBy) > this.#since) return void this.end();
    this.#child.stdin!.end('\n');
    return this.#child;
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}

/** Ignores the token, which differs between all processes. */
const withoutToken = ({ cwd, argv, env: { MSX_RUN_TOKEN: _, ...env } }: Program) => ({ cwd, argv, env });

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** In a folder of the package, so that imports resolve to its packages. */
function preloadFile(cwd: string): string {
  const folder = join(cwd, 'node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'msx-standby.mjs');
  writeFileSync(file, PRELOAD);
  return pathToFileURL(file).href;
}
