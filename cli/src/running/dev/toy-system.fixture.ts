import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identityOf } from '../processes/process-table.js';
import { readRunFile } from '../engine/control/run-file.js';
import { replaceFile } from '../../model/files/replace-file.js';
import { parseSystem } from '../../model/system/load-system.js';
import { buildTask } from './build-task.js';
import { bundleEngine } from './bundle-engine.fixture.js';
import { engineOf } from './engine-of.js';
import { specsOf } from './specs-of.js';
import { startSystem } from './start-system.js';
import { stopSystem } from './stop-system.js';
import type { ChildProcess } from 'node:child_process';
import type { Spec } from '../engine/spec.js';
import type { ResourceView } from '../engine/snapshot.js';
import type { System } from '../../model/system/system.js';
import type { RunReport } from './report.js';
import type { StartOptions, StartResult } from './start-system.js';

const repository = join(import.meta.dirname, '../../../..');

export type Behaviour =
  'well' | 'crash' | 'loop' | 'deaf' | 'unstarted' | 'stubborn' | 'detaching' | 'flooding';

export type Report = RunReport & {
  started: string[];
  restarted: string[];
  alreadyRunning: string[];
  mode: object | null;
};
export type Failure = { exitCode: number; code: string; message: string; suggestion: string };
export type CommandResult = { code: number | null; signal: NodeJS.Signals | null; output: string };

export interface FollowedCommand {
  child: ChildProcess;
  ended: Promise<CommandResult>;
  /** The output so far. */
  output: () => string;
}

/** Resources that two systems may share; by default each has its own. */
interface Places {
  logs?: string;
  ports?: number[];
}

/** A system of toy services in its own folder and on its own ports, run by an engine built from the current sources. */
export class ToySystem {
  /** TMPDIR of the commands that are run from now on. */
  temporary = tmpdir();

  constructor(
    readonly system: System,
    readonly engineFile: string,
    /** The content of msx.yaml. */
    readonly model: { services: Record<string, { calls: string[]; port: number }> },
  ) {}

  /** `behaviours`: the behaviour of each service. Each calls those named before it. */
  static async create(behaviours: Record<string, Behaviour>, places: Places = {}): Promise<ToySystem> {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'msx-toy-')));
    const names = Object.keys(behaviours);
    const ports = places.ports ?? (await freePorts(names.length * 2));
    const services = names.map((name, n) => ({
      path: name,
      kind: 'grpc',
      proto: ['toy.proto'],
      port: ports[2 * n]!,
      healthPort: ports[2 * n + 1],
      calls: names.slice(0, n),
    }));
    const model = {
      name: 'toys',
      logs: { directory: places.logs ?? 'logs' },
      services: Object.fromEntries(names.map((name, n) => [name, services[n]!])),
    };
    writeFileSync(join(root, 'msx.yaml'), JSON.stringify(model));
    mkdirSync(join(root, 'proto'));
    writeFileSync(join(root, 'proto/toy.proto'), 'syntax = "proto3";\n\npackage toys.v1;\n');
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
    copyFileSync(join(import.meta.dirname, 'toy.fixture.mjs'), join(root, 'toy.mjs'));
    for (const name of names) writeService(join(root, name));
    const toys = new ToySystem(
      parseSystem(JSON.stringify(model), root, () => true),
      await bundleEngine(root),
      model,
    );
    for (const name of names) toys.behave(name, behaviours[name]!);
    return toys;
  }

  get root(): string {
    return this.system.root;
  }

  get ports(): number[] {
    return this.system.services.flatMap(({ port, healthPort }) => [port, healthPort]);
  }

  get specs(): Spec[] {
    const environment = { PATH: process.env['PATH']!, MSX_BUNDLE: 'off' };
    return specsOf(this.system, { mode: 'development', broker: 'embedded', environment });
  }

  behave(name: string, behaviour: Behaviour): void {
    replaceFile(join(this.root, name, 'behaviour'), behaviour);
  }

  /** Starts these services (default: all) as `msx dev start` does, without building. */
  start(names: string[] = [], options: Partial<StartOptions> = {}): Promise<StartResult> {
    const all = this.system.services.map(({ name }) => name);
    const completed = all.map(buildTask);
    return startSystem({
      root: this.root,
      request: { specs: this.specs, start: names.length > 0 ? names : all, completed },
      timeoutMs: 20_000,
      interrupted: new AbortController().signal,
      engineFile: this.engineFile,
      ...options,
    });
  }

  stop = () => stopSystem(this.root);

  async view(name: string): Promise<ResourceView> {
    const { resources } = await engineOf(this.root).snapshot({ fresh: true });
    return resources.find((view) => view.name === name)!;
  }

  /** The pids of everything that is running, the engine's first. */
  get pids(): number[] {
    const run = readRunFile(this.root);
    return run ? [run.engine.pid, ...run.processes.map(({ pid }) => pid)] : [];
  }

  /** Runs `msx …args --json` in the system, as a user would. */
  msx(...args: string[]): Promise<{ code: number; output: string }> {
    const child = this.spawnMsx(...args, '--json');
    let output = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code: code!, output })));
  }

  /** The report of an `msx …args` that succeeds. */
  async report(...args: string[]): Promise<Report> {
    const { code, output } = await this.msx(...args);
    if (code !== 0) throw new Error(output);
    return JSON.parse(output) as Report;
  }

  /** The error of an `msx …args` that fails. */
  async failure(...args: string[]): Promise<Failure> {
    const { code, output } = await this.msx(...args);
    const { error } = JSON.parse(output) as { error: Omit<Failure, 'exitCode'> };
    return { exitCode: code, ...error };
  }

  /** The output of `msx …args` for people. */
  async says(...args: string[]): Promise<string> {
    return (await this.follow(this.spawnMsx(...args)).ended).output;
  }

  /** Collects the output of a command, and its result. */
  follow(child: ChildProcess): FollowedCommand {
    let output = '';
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    const ended = new Promise<CommandResult>((resolve) =>
      child.once('close', (code, signal) => resolve({ code, signal, output })),
    );
    return { child, ended, output: () => output };
  }

  edit(name: string, change: (source: string) => string): void {
    writeFileSync(this.source(name), change(readFileSync(this.source(name), 'utf8')));
  }

  spawnMsx(...args: string[]): ChildProcess {
    const env = { PATH: process.env['PATH']!, TMPDIR: this.temporary };
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    return spawn(process.execPath, [this.command, ...args], {
      cwd: this.root,
      env,
      stdio: [...stdio],
    });
  }

  /** Pids of the processes that its runs have started in their own sessions, one per run. */
  detached = (name: string): number[] =>
    readFileSync(join(this.root, name, 'detached'), 'utf8')
      .trim()
      .split('\n')
      .map(Number);

  readonly command = join(repository, 'cli/bin/run.js');
  source = (name: string): string => join(this.root, name, 'src/main.ts');
  log = (name: string): string => join(this.system.logFolder, `${name}.log`);
  readLog = (name: string): string => readFileSync(this.log(name), 'utf8');

  async destroy(): Promise<void> {
    await this.stop();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A service whose source contains only its version; compiled already, but not by a build. */
function writeService(folder: string): void {
  for (const each of ['src', 'dist']) mkdirSync(join(folder, each), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
  writeFileSync(join(folder, 'src/main.ts'), source.replace('$type', ': number'));
  writeFileSync(join(folder, 'dist/main.js'), source.replace('$type', ''));
}

const source = `const version$type = 1;
process.stdout.write(JSON.stringify({ level: 'info', msg: 'version ' + version }) + '\\n');
await import(new URL('../../toy.mjs', import.meta.url).href);
export {};
`;

const compilerOptions = {
  target: 'ES2022',
  module: 'NodeNext',
  types: ['node'],
  skipLibCheck: true,
  composite: true,
  sourceMap: true,
  noEmitOnError: true,
  rootDir: 'src',
  outDir: 'dist',
  tsBuildInfoFile: 'dist/.tsbuildinfo',
};

/** Polls until the answer matches, and returns it. */
export async function until<T>(
  ask: () => T | Promise<T>,
  matches: (answer: T) => boolean = Boolean,
): Promise<T> {
  for (const deadline = Date.now() + 15_000; ; await pause(10)) {
    const answer = await ask();
    if (matches(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer)}`);
  }
}

export const isRunning = (pid: number): boolean => identityOf(pid) !== undefined;

/** Listens on a port like a foreign process. @returns a function that stops it */
export function holdPort(port: number, host = '127.0.0.1'): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    const free = () => new Promise<void>((done) => server.close(() => done()));
    server.listen(port, host, () => resolve(free));
  });
}

export async function areFree(ports: number[]): Promise<boolean> {
  const free = await Promise.all(
    ports.map((port) =>
      holdPort(port).then(
        (release) => release().then(() => true),
        () => false,
      ),
    ),
  );
  return free.every(Boolean);
}

/** Below the range that the system assigns to connections, to avoid collisions (RFC 6335: 49152 and above). */
async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await areFree([port])) ports.add(port);
  }
  return [...ports];
}
