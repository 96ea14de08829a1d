import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ShopClient, until } from '../shop-client.fixture.js';
import type { ShopInCluster } from './cluster.fixture.js';

/** A client of the gateway in the cluster with the rights of an admin, through `kubectl port-forward svc/api-gateway`. */
export class SignedIn extends ShopClient {
  private constructor(
    url: string,
    readonly token: string,
    private readonly tunnel: ChildProcess,
  ) {
    super(url);
  }

  /** `port` is the local port (default: any free one). */
  static async enter(shop: ShopInCluster, port = ''): Promise<SignedIn> {
    const email = `admin-${Date.now()}@example.com`;
    const createAdmin =
      'exec -i deploy/user-service -- node dist/main.js users create-admin --name Admin'.split(' ');
    await shop.kubectl([...createAdmin, '--email', email, '--password-stdin'], 'admin-password1\n');
    const forwarding = ['port-forward', 'svc/api-gateway', `${port}:80`, '-n', shop.namespace];
    const tunnel = spawn('kubectl', forwarding, { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await gatewayOf(tunnel.stdout);
    const login = `mutation { login(email: "${email}", password: "admin-password1") { accessToken } }`;
    const { login: session } = await until(
      () => new ShopClient(url).data<{ login: { accessToken: string } }>(login),
      () => true,
      60,
    );
    return new SignedIn(url, session.accessToken, tunnel);
  }

  override ask<T>(query: string, headers: Record<string, string> = {}) {
    return super.ask<T>(query, { authorization: `Bearer ${this.token}`, ...headers });
  }

  async leave(): Promise<void> {
    if (this.tunnel.exitCode !== null || this.tunnel.signalCode !== null) return;
    const ended = once(this.tunnel, 'exit');
    this.tunnel.kill();
    await ended;
  }
}

async function gatewayOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [, port] = /127\.0\.0\.1:(\d+)/.exec(line) ?? [];
    if (!port) continue;
    output.resume();
    return `http://127.0.0.1:${port}/graphql`;
  }
  throw new Error('kubectl port-forward ended');
}
