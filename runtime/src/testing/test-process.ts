import { Client, credentials, Metadata, type MethodDefinition, type ServiceError } from '@grpc/grpc-js';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fromGrpcError } from '../errors/grpc-error.js';
import { channelOptions } from '../grpc/wire/channel-options.js';
import { serviceProgram } from './service-program.js';
import { createDatabase } from './test-database.js';

/** A built service in a separate process, with free ports and its own database. */
export class TestProcess {
  private stopped?: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly client: Client,
    /** The lines logged so far: an answer may arrive before its line. After `stop`, all of them. */
    readonly logs: readonly Record<string, unknown>[],
    private readonly dropDatabase: () => Promise<void>,
  ) {}

  /** @param main the dist/main.js of the service */
  static async start(main: URL, variables: Record<string, string> = {}): Promise<TestProcess> {
    const { url, drop } = await createDatabase('sqlite');
    const ports = { HOST: '127.0.0.1', PORT: '0', HEALTH_PORT: '0' };
    const env = {
      ...process.env,
      ...ports,
      DATABASE_URL: url,
      KAFKA_BROKERS: '127.0.0.1:1',
      NODE_ENV: 'test',
      AUTH: 'optional',
      ...variables,
    };
    const child = spawn(process.execPath, [serviceProgram(main)], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const logs: Record<string, unknown>[] = [];
    const port = await new Promise<unknown>((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        const entry = JSON.parse(line) as Record<string, unknown>;
        logs.push(entry);
        if (entry.msg === 'Listening') resolve(entry.port);
      });
      child.once('exit', (code) =>
        reject(new Error(`The service exited with ${code}: ${JSON.stringify(logs)}`)),
      );
    });
    const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), channelOptions());
    return new TestProcess(child, client, logs, drop);
  }

  /** @throws DomainError the error that the service threw */
  call<Request, Response>(
    rpc: MethodDefinition<Request, Response>,
    request: Request,
    token?: string,
  ): Promise<Response> {
    const { path, requestSerialize, responseDeserialize } = rpc;
    const metadata = new Metadata();
    if (token) metadata.set('authorization', `Bearer ${token}`);
    return new Promise((resolve, reject) => {
      const reply = (error: ServiceError | null, response?: Response): void =>
        error ? reject(fromGrpcError(error)) : resolve(response!);
      this.client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, reply);
    });
  }

  /** Waits for a log line. @returns all such lines so far */
  async logged(matches: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>[]> {
    while (!this.logs.some(matches)) await once(this.child.stdout!, 'data');
    return this.logs.filter(matches);
  }

  /** Stops it with SIGTERM. @returns its exit code, also when it was stopped before */
  stop(): Promise<number | null> {
    return (this.stopped ??= this.end());
  }

  private async end(): Promise<number | null> {
    this.client.close();
    const ended = once(this.child, 'close');
    this.child.kill('SIGTERM');
    const [code] = (await ended) as [number | null];
    await this.dropDatabase();
    return code;
  }
}
