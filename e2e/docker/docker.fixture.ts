import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { finished, ShopCopy } from '../shop-copy.fixture.js';
import { demultiplexed } from '../../cli/src/running/drivers/container/demultiplexer.js';
import { dockerClient } from '../../cli/src/running/drivers/container/docker-client.js';
import type { Creation } from '../../cli/src/running/drivers/container/engine-api/answers.js';
import { inheritedVariables } from '../terminal/terminal-environment.fixture.js';
import type { Finished } from '../shop-copy.fixture.js';
import type { TerminalOptions } from '../terminal/terminal.fixture.js';

export const { docker, host } = dockerClient(process.env);

/** Runs a container to its end, and removes it. */
export async function runContainer(creation: Creation): Promise<{ code: number; output: string }> {
  const container = await docker.createContainer(creation);
  try {
    await container.start();
    const code = await container.wait();
    return { code, output: demultiplexed(await container.logs()) };
  } finally {
    await container.remove({ force: true });
  }
}

export const SERVICES = ['user-service', 'product-service', 'order-service', 'api-gateway'];

/** Tag of the images under test; does not collide with those of people who work on this machine. */
export const TAG = 'e2e';

export const repository = resolve(import.meta.dirname, '../..');

export interface BuiltImage {
  service: string;
  image: string;
  id: string;
  size: number;
}

/** Builds the images of the shop with `msx docker build …args`. */
export async function buildImages(environment: NodeJS.ProcessEnv, ...args: string[]): Promise<BuiltImage[]> {
  const argv = [join(repository, 'cli/bin/run.js'), 'docker', 'build', '--json', ...args];
  const env = { ...process.env, NODE_OPTIONS: '', ...environment };
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const { code, stdout, stderr } = await finished(
    spawn(process.execPath, argv, { cwd: repository, env, stdio: [...stdio] }),
  );
  if (code !== 0) throw new Error(stdout + stderr);
  return (JSON.parse(stdout) as { images: BuiltImage[] }).images;
}

export interface Container {
  id: string;
  name: string;
  service: string;
  state: string;
  health?: string;
}

/** A copy of the shop with its own network, ports and containers, run in Docker from the images of the shop. */
export class DockerShop {
  private constructor(
    readonly copy: ShopCopy,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async create(
    kafka: 'zookeeper' | 'kraft',
    environment: NodeJS.ProcessEnv = {},
  ): Promise<DockerShop> {
    const copy = await ShopCopy.create((model, port) => {
      model.setIn(['broker', 'kafka'], kafka);
      model.setIn(['docker', 'network'], `msx-e2e-${port}`);
    });
    await writeFile(join(copy.root, '.env'), `ZOOKEEPER_PORT=${copy.port + 5}\n`);
    const shop = new DockerShop(copy, { TAG, ...environment });
    await shop.json('render');
    return shop;
  }

  /** Its project name in compose. */
  get project(): string {
    return basename(this.copy.root).toLowerCase();
  }

  /** A terminal in its folder, with the engine and the images of the tests. */
  get terminal(): TerminalOptions {
    return {
      cwd: this.copy.root,
      env: { ...inheritedVariables('DOCKER_HOST', 'DOCKER_CONFIG', 'DOCKER_BUILDKIT'), ...this.environment },
    };
  }

  start(...args: string[]) {
    return this.copy.startWith(this.environment, ...args);
  }

  msx(...args: string[]): Promise<Finished> {
    return finished(this.start(...args));
  }

  /** @returns the output of `msx …args --json`. Throws it if the command fails */
  async json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await this.msx(...args, '--json');
    if (code !== 0) throw new Error(`msx ${args.join(' ')} exited ${code}\n${stdout}\n${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /** @returns the error of `msx …args --json` */
  async failure(...args: string[]) {
    const { stdout } = await this.msx(...args, '--json');
    return (JSON.parse(stdout) as { error: { code: string; message: string; exitCode: number } }).error;
  }

  /** Runs compose directly, as somebody without msx would. Throws its output if it fails. */
  async compose(program: 'docker compose' | 'docker-compose', ...args: string[]): Promise<string> {
    const [file, ...own] = program.split(' ') as [string, ...string[]];
    const env = { ...process.env, ...this.environment };
    const options = {
      cwd: this.copy.root,
      env,
      stdio: ['ignore' as const, 'pipe' as const, 'pipe' as const],
    };
    const { code, stdout, stderr } = await finished(spawn(file, [...own, ...args], options));
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} exited ${code}\n${stdout}\n${stderr}`);
    return stdout;
  }

  async containers(service?: string): Promise<Container[]> {
    const { containers } = await this.json<{ containers: Container[] }>('docker', 'ps');
    return service ? containers.filter((each) => each.service === service) : containers;
  }

  /** Number of calls that each container of a service has answered. */
  async callsOf(service: string): Promise<number[]> {
    const logs = (await this.containers(service)).map(({ id }) => docker.getContainer(id).logs());
    return (await Promise.all(logs)).map((log) => log.toString('utf8').split('"msg":"call"').length - 1);
  }

  /** Kills as the kernel would when memory runs out; after `docker kill` the engine would not restart the container. */
  async killHard(service: string): Promise<void> {
    const [{ id }] = (await this.containers(service)) as [Container];
    const { State } = await docker.getContainer(id).inspect();
    const { code, output } = await runContainer({
      Image: `shop/order-service:${TAG}`,
      Cmd: ['bash', '-c', `kill -9 ${State.Pid}`],
      User: '0',
      HostConfig: { PidMode: 'host' },
    });
    if (code !== 0) throw new Error(`kill exited ${code}: ${output}`);
  }

  /** Its volumes and networks, found by the names that compose gives them. */
  async leftovers(): Promise<string[]> {
    const [{ Volumes }, networks] = await Promise.all([
      docker.api.json<{ Volumes: { Name: string }[] }>('/volumes'),
      docker.api.json<{ Name: string }[]>('/networks'),
    ]);
    const names = [...Volumes, ...networks].map(({ Name }) => Name);
    return names.filter((name) => name.startsWith(this.project) || name === `msx-e2e-${this.copy.port}`);
  }

  async destroy(): Promise<void> {
    await this.msx('docker', 'down', '--volumes', '--yes');
    await this.copy.destroy();
  }
}
