import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { Document } from 'yaml';

export const repository = resolve(import.meta.dirname, '..');
const services = ['user-service', 'product-service', 'order-service', 'api-gateway'];
const healthOffset = 1000;

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * The reference shop in a folder of its own, with its own ports, databases and logs, so that tests neither
 * meet each other nor the system a developer has running. The built services and node_modules are the repository's.
 */
export class ShopCopy {
  private constructor(
    readonly root: string,
    readonly port: number,
  ) {}

  /** `change` is made to its msx.yaml. */
  static async create(change: (model: Document, port: number) => void = () => {}): Promise<ShopCopy> {
    const root = await realpath(await mkdtemp(join(tmpdir(), 'msx-e2e-')));
    const shop = new ShopCopy(root, await freePorts());
    for (const shared of ['node_modules', 'runtime', 'gateway', 'tsconfig.base.json', 'package.json'])
      await symlink(join(repository, shared), join(root, shared));
    await cp(join(repository, 'proto'), join(root, 'proto'), { recursive: true, preserveTimestamps: true });
    for (const service of services) await copyService(service, root);
    await writeFile(join(root, 'msx.yaml'), await shop.model(change));
    return shop;
  }

  get graphql() {
    return `http://127.0.0.1:${this.port}/graphql`;
  }
  get kafka() {
    return `127.0.0.1:${this.port + 4}`;
  }
  grpc(service: string) {
    return `127.0.0.1:${this.portOf(service)}`;
  }
  /** Every port the system holds while it runs. */
  get ports() {
    const main = [0, 1, 2, 3].map((n) => this.port + n);
    return [...main, ...main.map((p) => p + healthOffset), this.port + 4];
  }

  /** Starts `msx …args` in this system, as a person would in a terminal. */
  start(...args: string[]): ChildProcess {
    return this.startWith({}, ...args);
  }

  /** The same with more in its environment. */
  startWith(environment: NodeJS.ProcessEnv, ...args: string[]): ChildProcess {
    return spawn(process.execPath, [join(repository, 'cli/bin/run.js'), ...args], {
      cwd: this.root,
      env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Runs `msx …args` to its end. */
  msx(...args: string[]): Promise<Finished> {
    return finished(this.start(...args));
  }

  /** Runs `msx …args` to its end, with more in its environment and something to read. */
  msxWith({ env, input = '' }: { env?: Record<string, string>; input?: string }, ...args: string[]) {
    const child = spawn(process.execPath, [join(repository, 'cli/bin/run.js'), ...args], {
      cwd: this.root,
      env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '', ...env },
    });
    child.stdin.end(input);
    return finished(child);
  }

  /** Runs `msx …args --json` and answers what it printed; throws what it printed when it failed. */
  async json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await this.msx(...args, '--json');
    if (code !== 0) throw new Error(`msx ${args.join(' ')} exited ${code}\n${stdout}\n${stderr}`);
    return JSON.parse(stdout) as T;
  }

  async destroy(): Promise<void> {
    await this.msx('dev', 'stop');
    await rm(this.root, { recursive: true, force: true });
  }

  private portOf(service: string) {
    return this.port + (service === 'api-gateway' ? 0 : services.indexOf(service) + 1);
  }

  private async model(change: (model: Document, port: number) => void): Promise<string> {
    const model = parseDocument(await readFile(join(repository, 'msx.yaml'), 'utf8'));
    model.setIn(['broker', 'port'], this.port + 4);
    model.setIn(['logs', 'directory'], join(this.root, 'logs'));
    for (const service of services) model.setIn(['services', service, 'port'], this.portOf(service));
    change(model, this.port);
    return model.toString();
  }
}

async function copyService(service: string, root: string) {
  const from = join(repository, 'services', service);
  const to = join(root, 'services', service);
  await cp(from, to, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !/node_modules|\.db(-\w+)?$/.test(path),
  });
  if (existsSync(join(from, 'node_modules')))
    await symlink(join(from, 'node_modules'), join(to, 'node_modules'));
}

export function finished(child: ChildProcess): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return new Promise((done, failed) => {
    child.on('error', failed).on('close', (code) => done({ code, stdout, stderr }));
  });
}

/** The first of five neighbouring ports that are free, and free again 1,000 higher for health. */
async function freePorts(): Promise<number> {
  for (;;) {
    const first = 10_000 + Math.floor(Math.random() * 8_000) * 2;
    const wanted = [0, 1, 2, 3, 4].flatMap((n) => [first + n, first + n + healthOffset]);
    if ((await Promise.all(wanted.map(isFree))).every(Boolean)) return first;
  }
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer()
      .once('error', () => answer(false))
      .listen(port, '127.0.0.1', () => server.close(() => answer(true)));
  });
}
