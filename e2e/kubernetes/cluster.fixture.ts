import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inheritedVariables } from '../terminal/terminal-environment.fixture.js';
import type { TerminalOptions } from '../terminal/terminal.fixture.js';
import { describeWhere } from '../../checks/skipping.fixture.js';

export const root = join(import.meta.dirname, '../..');

/** `once` or `full`, if `run.sh` has created a cluster; the images of the shop are in Docker with the tag `e2e`. */
const mode = existsSync(process.env['KUBECONFIG'] ?? '') ? process.env['E2E_KUBERNETES'] : undefined;

export const describeInCluster = describeWhere(mode, 'npm run test:kubernetes runs it');
/** Long tests, left out of the single run of the whole system in CI. */
export const describeAtLength = describeWhere(mode === 'full', 'npm run test:kubernetes runs it');

export const MINUTE = 60_000;

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
}

interface RunOptions {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export async function run(
  command: string,
  args: readonly string[],
  { input = '', env }: RunOptions = {},
): Promise<RunResult> {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env } });
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { stdout, stderr, exitCode };
}

/** @returns the stdout of a command. Throws its stderr if it fails */
export async function printed(command: string, args: readonly string[], input?: string): Promise<string> {
  const { stdout, stderr, exitCode } = await run(command, args, input === undefined ? {} : { input });
  if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** A terminal in the folder of the shop, with the cluster and the engine of the tests. */
export const terminal: TerminalOptions = {
  cwd: root,
  env: inheritedVariables('KUBECONFIG', 'DOCKER_HOST', 'DOCKER_CONFIG', 'CTR'),
};

interface Workload {
  readonly kind: string;
  readonly name: string;
  readonly state: string;
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
    readonly status: {
      readonly podIP: string;
      readonly containerStatuses: readonly [{ readonly containerID: string }];
    };
  }[];
}

/** The shop in a real cluster, through msx and kubectl. */
export class ShopInCluster {
  /** `settings` are flags of `msx deploy k8s`. */
  constructor(
    readonly namespace: string,
    readonly settings: readonly string[] = [],
  ) {}

  msx(...args: string[]): Promise<RunResult> {
    return run(join(root, 'node_modules/.bin/msx'), [...args, '--namespace', this.namespace]);
  }

  /** @returns the JSON output of a command. Throws its output if it fails */
  async json<T>(...args: string[]): Promise<T> {
    const { stdout, stderr, exitCode } = await this.msx(...args, '--json');
    if (exitCode !== 0) throw new Error(`msx ${args.join(' ')}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /** @returns the error of a command that fails */
  async failure(...args: string[]): Promise<Failure> {
    const { stdout } = await this.msx(...args, '--json');
    return (JSON.parse(stdout) as { error: Failure }).error;
  }

  deploy(tag: string, ...args: string[]): Promise<{ seconds: number }> {
    return this.json('deploy', 'k8s', '--tag', tag, ...this.settings, ...args);
  }

  deployFailure(tag: string, ...args: string[]): Promise<Failure> {
    return this.failure('deploy', 'k8s', '--tag', tag, ...this.settings, ...args);
  }

  kubectl(args: readonly string[], input?: string): Promise<string> {
    return printed('kubectl', ['-n', this.namespace, ...args], input);
  }

  /** The image tag of each Deployment. */
  async tags(): Promise<Record<string, string>> {
    const each = '{.metadata.name} {.spec.template.spec.containers[0].image}{"\\n"}';
    const text = await this.kubectl(['get', 'deployments', '-o', `jsonpath={range .items[*]}${each}{end}`]);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => line.split(/[ :]/));
    return Object.fromEntries(lines.map(([name, , tag]) => [name, tag]));
  }

  /** The state of each Deployment. */
  async states(): Promise<Record<string, string>> {
    const { workloads } = await this.json<{ workloads: Workload[] }>('deploy', 'status');
    const deployments = workloads.filter(({ kind }) => kind === 'Deployment');
    return Object.fromEntries(deployments.map(({ name, state }) => [name, state]));
  }

  /** Pods that are not terminating: a pod that is being replaced is still listed while it drains. */
  async podsOf(service: string): Promise<{ name: string; ip: string; container: string }[]> {
    const selector = `app.kubernetes.io/name=${service}`;
    const { items } = JSON.parse(
      await this.kubectl(['get', 'pods', '-l', selector, '-o', 'json']),
    ) as PodList;
    return items
      .filter(({ metadata }) => !metadata.deletionTimestamp)
      .map(({ metadata: { name }, status: { podIP, containerStatuses } }) => {
        const [{ containerID }] = containerStatuses;
        return { name, ip: podIP, container: containerID };
      });
  }

  /** @returns the rows of a query in the database of a service, one line per row */
  async query(database: string, sql: string): Promise<string[]> {
    const psql = ['psql', '-h', '/tmp', '-U', 'postgres', '-d', database, '-tAc', sql];
    return (await this.kubectl(['exec', 'postgres-0', '--', ...psql])).trim().split('\n');
  }
}
