import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { silent, type Level, type Log } from '../log-line.js';
import {
  faultNames,
  type Call,
  type ChildMessage,
  type ChildOptions,
  type StoredError,
} from './child-message.js';
import type { Faults } from './faults.js';
import type { Backend, Endpoints } from './local-kafka.js';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

/** Starts a broker in a child process. It ends with this process, however that ends. */
export const startChild = async ({
  log = silent,
  ...options
}: ChildOptions & { log?: Log }): Promise<Backend> => {
  const child = fork(fileURLToPath(new URL('./child.js', import.meta.url)), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });
  const calls = new ChildCalls(child, log);
  const overdue = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  try {
    const endpoints = (await calls.call('start', options)) as Endpoints;
    const faults = faultNames.map((name) => [name, (...args: unknown[]) => calls.call(name, ...args)]);
    return {
      ...endpoints,
      faults: Object.fromEntries(faults) as unknown as Faults,
      exchange: async (frame) => Buffer.from((await calls.call('exchange', frame)) as Uint8Array),
      stop: () => calls.stop(),
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(overdue);
  }
};

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The calls to a child process that have no result yet. They fail when the process ends. */
class ChildCalls {
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private ended: Error | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly child: ChildProcess,
    private readonly log: Log,
  ) {
    child.on('message', (message: ChildMessage) => this.receive(message));
    child.on('error', (error) => this.end(error));
    child.on('exit', (code, signal) =>
      this.end(new Error(`the broker process ended with ${signal ?? code}`)),
    );
  }

  call(operation: Call['operation'], ...args: readonly unknown[]): Promise<unknown> {
    if (this.ended) return Promise.reject(this.ended);
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.child.send(
        { id, operation, args } satisfies Call,
        (error) => error && this.settle(id)?.reject(error),
      );
    });
  }

  stop(): Promise<void> {
    return (this.stopping ??= this.shutDown());
  }

  private async shutDown(): Promise<void> {
    if (this.ended) return;
    const exit = once(this.child, 'exit');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.call('stop').catch(() => {});
    if (this.child.connected) this.child.disconnect();
    await exit;
    clearTimeout(timer);
  }

  private receive(message: ChildMessage): void {
    if (message.kind === 'log') {
      const [level, msg, details] = message.line;
      return this.log(level as Level, msg, details);
    }
    const pending = this.settle(message.id);
    if (message.kind === 'result') pending?.resolve(message.value);
    else pending?.reject(restored(message.error));
  }

  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  private end(error: Error): void {
    this.ended = error;
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(error);
  }
}

const restored = ({ message, ...rest }: StoredError): Error => Object.assign(new Error(message), rest);
