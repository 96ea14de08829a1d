import { Client, credentials, type MethodDefinition } from '@grpc/grpc-js';
import { fromGrpcError } from '@msx/runtime';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createDatabase, type TestDatabase } from './test-database.fixture.js';

/** The built service as it runs for real: a process of its own, on free ports and a database of its own. */
export class TestProcess {
  private readonly client: Client;
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly database: TestDatabase,
    private readonly ports: { readonly grpc: number; readonly health: number },
  ) {
    this.client = new Client(`127.0.0.1:${ports.grpc}`, credentials.createInsecure());
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
  }

  static async start(): Promise<TestProcess> {
    const database = await createDatabase('sqlite');
    const [grpc, health] = await Promise.all([freePort(), freePort()]);
    const env = {
      ...process.env,
      NODE_ENV: 'development',
      PORT: String(grpc),
      HEALTH_PORT: String(health),
      DATABASE_URL: database.url,
      KAFKA_BROKERS: '127.0.0.1:1',
    };
    const main = new URL('../dist/main.js', import.meta.url);
    const child = spawn(process.execPath, [main.pathname], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const started = new TestProcess(child, database, { grpc, health });
    await started.untilReady();
    return started;
  }

  /** @throws DomainError what the service threw */
  call<Request, Response>(rpc: MethodDefinition<Request, Response>, request: Request): Promise<Response> {
    const { path, requestSerialize, responseDeserialize } = rpc;
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, response) =>
        error ? reject(fromGrpcError(error)) : resolve(response!),
      );
    });
  }

  /** Everything it wrote. */
  get logs(): string {
    return this.output;
  }

  /** Ends it as the engine does. @returns its exit code */
  async stop(): Promise<number | null> {
    this.client.close();
    this.child.kill('SIGTERM');
    if (this.child.exitCode === null) await once(this.child, 'exit');
    await this.database.drop();
    return this.child.exitCode;
  }

  private async untilReady(): Promise<void> {
    while (this.child.exitCode === null) {
      const answer = await fetch(`http://127.0.0.1:${this.ports.health}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`The service ended with ${this.child.exitCode}:\n${this.output}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
