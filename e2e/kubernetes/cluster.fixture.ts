import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { ShopClient, until } from '../shop-client.fixture.js';

export const root = join(import.meta.dirname, '../..');

/** Whether there is a cluster to test in: KUBECONFIG names it, and its node has the images of the shop with the tags `latest` and `v2`. */
export const clusterThere = (): boolean =>
  existsSync(process.env['KUBECONFIG'] ?? '') && !!process.env['E2E_KUBERNETES'];

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

async function run(command: string, args: string[], input = ''): Promise<Ended> {
  const child = spawn(command, args, { cwd: root });
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { stdout, stderr, exitCode };
}

/** The shop in a real cluster, through msx and kubectl as people have them. */
export class ShopInCluster {
  constructor(readonly namespace: string) {}

  msx(...args: string[]): Promise<Ended> {
    return run(join(root, 'node_modules/.bin/msx'), [...args, '--namespace', this.namespace]);
  }

  /** What a command answers as JSON; throws what it says otherwise. */
  async json<T>(...args: string[]): Promise<T> {
    const { stdout, stderr, exitCode } = await this.msx(...args, '--json');
    if (exitCode !== 0) throw new Error(`msx ${args.join(' ')}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /** What it prints; throws what it says otherwise. */
  async kubectl(args: string[], input?: string): Promise<string> {
    const { stdout, stderr, exitCode } = await run('kubectl', ['-n', this.namespace, ...args], input);
    if (exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  /** A client that is signed in as an admin, through `kubectl port-forward svc/api-gateway`. */
  async client(): Promise<{ client: SignedIn; close(): Promise<void> }> {
    const email = `admin-${Date.now()}@example.com`;
    const making = [
      'exec',
      '-i',
      'deploy/user-service',
      '--',
      'node',
      'dist/main.js',
      'users',
      'create-admin',
    ];
    await this.kubectl(
      [...making, '--email', email, '--name', 'Admin', '--password-stdin'],
      'admin-password1\n',
    );
    const forwarding = ['-n', this.namespace, 'port-forward', 'svc/api-gateway', ':80'];
    const tunnel = spawn('kubectl', forwarding, { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await gatewayOf(tunnel.stdout);
    const anonymous = new ShopClient(url);
    const login = `mutation { login(email: "${email}", password: "admin-password1") { accessToken } }`;
    const { login: session } = await until(
      () => anonymous.data<{ login: { accessToken: string } }>(login),
      () => true,
      60,
    );
    const close = async () => {
      const ended = once(tunnel, 'exit');
      tunnel.kill();
      await ended;
    };
    return { client: new SignedIn(url, session.accessToken), close };
  }
}

/** Sends a token with everything. */
export class SignedIn extends ShopClient {
  constructor(
    url: string,
    readonly token: string,
  ) {
    super(url);
  }

  override ask<T>(query: string, headers: Record<string, string> = {}) {
    return super.ask<T>(query, { authorization: `Bearer ${this.token}`, ...headers });
  }
}

async function gatewayOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [, port] = /127\.0\.0\.1:(\d+)/.exec(line) ?? [];
    if (port) {
      output.resume();
      return `http://127.0.0.1:${port}/graphql`;
    }
  }
  throw new Error('kubectl port-forward ended');
}
