import { describe } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { takenOver } from '../terminal/terminal-environment.fixture.js';
import type { TerminalOptions } from '../terminal/terminal.fixture.js';

export const root = join(import.meta.dirname, '../..');

/** `once` or `full`, where `run.sh` has made a cluster; the images of the shop are in Docker with the tag `e2e`. */
const asked = existsSync(process.env['KUBECONFIG'] ?? '') ? process.env['E2E_KUBERNETES'] : undefined;
if (!asked) process.stderr.write('SKIPPED: the tests of Kubernetes, which npm run test:kubernetes runs\n');

export const describeInCluster = asked ? describe : describe.skip;
/** What takes long, and is left out where the whole system is run once. */
export const describeAtLength = asked === 'full' ? describe : describe.skip;

export const MINUTE = 60_000;

export interface Ended {
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
): Promise<Ended> {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env } });
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { stdout, stderr, exitCode };
}

/** What it prints; throws what it says otherwise. */
export async function printed(command: string, args: readonly string[], input?: string): Promise<string> {
  const { stdout, stderr, exitCode } = await run(command, args, input === undefined ? {} : { input });
  if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** A terminal in the folder of the shop, with the cluster and the engine that the tests have. */
export const terminal: TerminalOptions = {
  cwd: root,
  env: takenOver('KUBECONFIG', 'DOCKER_HOST', 'DOCKER_CONFIG', 'CTR'),
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

/** The shop in a real cluster, through msx and kubectl as people have them. */
export class ShopInCluster {
  /** `settings` are those of `msx deploy k8s`. */
  constructor(
    readonly namespace: string,
    readonly settings: readonly string[] = [],
  ) {}

  msx(...args: string[]): Promise<Ended> {
    return run(join(root, 'node_modules/.bin/msx'), [...args, '--namespace', this.namespace]);
  }

  /** What a command answers as JSON; throws what it says otherwise. */
  async json<T>(...args: string[]): Promise<T> {
    const { stdout, stderr, exitCode } = await this.msx(...args, '--json');
    if (exitCode !== 0) throw new Error(`msx ${args.join(' ')}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /** The error that a command ends with. */
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

  /** Of each Deployment. */
  async tags(): Promise<Record<string, string>> {
    const each = '{.metadata.name} {.spec.template.spec.containers[0].image}{"\\n"}';
    const text = await this.kubectl(['get', 'deployments', '-o', `jsonpath={range .items[*]}${each}{end}`]);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => line.split(/[ :]/));
    return Object.fromEntries(lines.map(([name, , tag]) => [name, tag]));
  }

  /** How each Deployment is. */
  async states(): Promise<Record<string, string>> {
    const { workloads } = await this.json<{ workloads: Workload[] }>('deploy', 'status');
    const deployments = workloads.filter(({ kind }) => kind === 'Deployment');
    return Object.fromEntries(deployments.map(({ name, state }) => [name, state]));
  }

  /** Those that stay: one that is being replaced is in the list for as long as it drains. */
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

  /** What a query in the database of a service answers, one line a row. */
  async query(database: string, sql: string): Promise<string[]> {
    const psql = ['psql', '-h', '/tmp', '-U', 'postgres', '-d', database, '-tAc', sql];
    return (await this.kubectl(['exec', 'postgres-0', '--', ...psql])).trim().split('\n');
  }
}
