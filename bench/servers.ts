import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { TestKeys } from '@msx/runtime/testing';
import { installFolder } from '../scripts/install-folder.mjs';
import { freePort } from './free-port.js';

const root = resolve(import.meta.dirname, '..');
/** The services that have a database. */
export const serviceNames = ['user-service', 'product-service', 'order-service'];

/** All topics of the system. */
export const topics = [
  'user.created',
  'user.updated',
  'product.created',
  'product.updated',
  'product.stock.updated',
  'order.created',
  'order.status.changed',
  'order.stock.decided',
  'order.created.product-service.dlq',
  'order.status.changed.product-service.dlq',
  'order.stock.decided.order-service.dlq',
];

/** Node options for all processes of the system, such as `--cpu-prof --cpu-prof-dir=…` to profile them. */
const NODE_OPTIONS = process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [];

/** Settings as in production, except for rate limits that a benchmark would exceed. */
const GATEWAY = {
  NODE_ENV: 'production',
  AUTH: 'required',
  ALLOW_PLAINTEXT: 'true',
  HOST: '127.0.0.1',
  RATE_LIMIT_ADDRESS: '100000000/60',
  RATE_LIMIT_PRINCIPAL: '100000000/60',
  ...(process.env.GRAPHQL_ENGINE && { GRAPHQL_ENGINE: process.env.GRAPHQL_ENGINE }),
};

export interface Server {
  pid: number;
  port: number;
}

const STARTER = ['--import', join(root, 'bench/register-typescript.mjs'), 'bench/baselines/starter/main.ts'];

/** The servers to compare with. */
const BASELINES = {
  starter: { args: STARTER, variables: { FEATURES: 'on' } },
  'bare starter': { args: STARTER, variables: {} },
  mercurius: { args: ['bench/baselines/mercurius/main.mjs'], variables: {} },
  route: { args: ['bench/baselines/route.mjs'], variables: {} },
};

export type Target = 'gateway' | keyof typeof BASELINES;

/** What the services use in place of the embedded broker and of SQLite. */
export interface Infrastructure {
  /** The address of a Kafka. */
  readonly kafka?: string;
  /** The URL of each service's own database. */
  readonly databases?: Readonly<Record<string, string>>;
}

interface Start {
  readonly variables: Record<string, string>;
  /** Options of Node. */
  readonly options?: string[];
}

/** The broker, the three services, the gateway and its baselines, on free ports and with their own databases. */
export class Servers {
  readonly targets = new Map<Target, Server>();
  /** The processes of the system by name, such as `order-service`; without the baselines. */
  readonly processes = new Map<string, Server>();
  /** The access token of an admin. */
  token!: string;
  private readonly keys = new TestKeys();
  private readonly children: ChildProcess[] = [];

  private constructor(
    private readonly folder: string,
    private readonly infrastructure: Infrastructure,
  ) {}

  /** @param baselines the servers to run besides the gateway */
  static async start(
    baselines: (keyof typeof BASELINES)[] = [],
    infrastructure: Infrastructure = {},
  ): Promise<Servers> {
    if (baselines.length > 0) installFolder('bench/baselines');
    const servers = new Servers(await mkdtemp(join(tmpdir(), 'msx-bench-')), infrastructure);
    await servers.startAll(baselines).catch(async (error: unknown) => {
      await servers.stop();
      throw error;
    });
    return servers;
  }

  /** The broker and one service, which is started with these options of Node. */
  static async alone(name: string, options: string[] = []): Promise<Servers> {
    const servers = new Servers(await mkdtemp(join(tmpdir(), 'msx-bench-')), {});
    const kafka = await servers.embeddedBroker();
    const variables = {
      ...servers.keys.variables,
      AUTH: 'optional',
      KAFKA_BROKERS: kafka,
      TOPICS: topicsVariable(),
    };
    const upstreams = { PRODUCT_SERVICE_URL: `127.0.0.1:${await servers.silentProducts(variables)}` };
    await servers
      .service(name, await freePort(), { variables: { ...variables, ...upstreams }, options })
      .catch(async (error: unknown) => {
        await servers.stop();
        throw error;
      });
    return servers;
  }

  get gateway(): Server {
    return this.targets.get('gateway')!;
  }

  /** The data of a target's response to a GraphQL request. @throws Error with its errors */
  async ask<T>(request: object, { port }: Server = this.gateway): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: JSON.stringify(request),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  async stop(): Promise<void> {
    for (const child of this.children) child.kill();
    await Promise.all(
      this.children.map((child) => child.exitCode ?? new Promise((exited) => child.once('exit', exited))),
    );
    await rm(this.folder, { recursive: true, force: true });
  }

  private async startAll(baselines: (keyof typeof BASELINES)[]): Promise<void> {
    this.token = await this.keys.sign({ id: 'admin', roles: ['admin'], expires: '1d' });
    const kafka = this.infrastructure.kafka ?? (await this.embeddedBroker());
    const ports = await Promise.all(serviceNames.map(freePort));
    const urls = Object.fromEntries(
      serviceNames.map((name, n) => [name.toUpperCase().replace('-', '_') + '_URL', `127.0.0.1:${ports[n]}`]),
    );
    const shared = {
      ...urls,
      ...this.keys.variables,
      AUTH: 'optional',
      KAFKA_BROKERS: kafka,
      TOPICS: topicsVariable(),
    };
    await Promise.all(serviceNames.map((name, n) => this.service(name, ports[n]!, { variables: shared })));
    this.targets.set(
      'gateway',
      await this.service('api-gateway', await freePort(), { variables: { ...shared, ...GATEWAY } }),
    );
    await Promise.all(baselines.map((name) => this.baseline(name, shared)));
  }

  /** The port of a product-service that answers and, without a broker, decides nothing. */
  private async silentProducts(variables: Record<string, string>): Promise<number> {
    const [port, health] = [await freePort(), await freePort()];
    const own = {
      PORT: String(port),
      HEALTH_PORT: String(health),
      DATABASE_URL: `sqlite:${join(this.folder, 'silent-products')}.db`,
      KAFKA_BROKERS: '127.0.0.1:1',
    };
    this.spawn(['services/product-service/dist/main.js'], { ...variables, ...own });
    return port;
  }

  /** The address of an embedded broker that is starting. */
  private async embeddedBroker(): Promise<string> {
    const port = await freePort();
    const data = join(this.folder, 'kafka');
    const args = ['cli/dist/broker.js', '--host', '127.0.0.1', '--port', String(port), '--data', data];
    this.processes.set('broker', this.spawn(args, {}, port));
    return `127.0.0.1:${port}`;
  }

  private async baseline(name: keyof typeof BASELINES, shared: Record<string, string>): Promise<void> {
    const port = await freePort();
    const { args, variables } = BASELINES[name];
    const all = { ...shared, ...variables, NODE_ENV: 'production', PORT: String(port) };
    this.targets.set(name, this.spawn(args, all, port));
    await started(port);
  }

  private async service(name: string, port: number, { variables, options = [] }: Start): Promise<Server> {
    const healthPort = await freePort();
    const own = {
      PORT: String(port),
      HEALTH_PORT: String(healthPort),
      DATABASE_URL: this.infrastructure.databases?.[name] ?? `sqlite:${join(this.folder, name)}.db`,
    };
    const server = this.spawn([...options, `services/${name}/dist/main.js`], { ...own, ...variables }, port);
    this.processes.set(name, server);
    await started(healthPort);
    return server;
  }

  private spawn(args: string[], variables: Record<string, string>, port = 0): Server {
    const paths = args.map((arg) => (/^(bench|cli|services)\//.test(arg) ? join(root, arg) : arg));
    const child = spawn(process.execPath, [...NODE_OPTIONS, ...paths], {
      cwd: this.folder,
      env: { PATH: process.env.PATH, ...variables },
      stdio: 'ignore',
    });
    this.children.push(child);
    return { pid: child.pid!, port };
  }
}

const topicsVariable = () => topics.map((topic) => `${topic}=1`).join(',');

async function started(port: number): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/started`).catch(() => undefined);
    if (answer?.ok) return;
    if (performance.now() > deadline) throw new Error(`nothing started on port ${port}`);
    await pause(50);
  }
}
