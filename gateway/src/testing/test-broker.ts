import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Kafka, logLevel } from 'kafkajs';
import type { Producer } from 'kafkajs';
import type { EventType } from '@msx/runtime';

/** The broker that comes with msx. */
const broker = (): string => createRequire(import.meta.url).resolve('@msx/cli/dist/broker.js');

/** A real broker in its own process, which keeps its port and data across restarts, with a producer for events. */
export class TestBroker {
  private child?: ChildProcess;
  private folder?: string;
  private producer?: Producer;
  private port = 0;

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.folder ??= await mkdtemp(join(tmpdir(), 'gateway-broker-'));
    const args = [broker(), '--host', '127.0.0.1', '--port', String(this.port), '--data', this.folder];
    this.child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface(this.child.stdout!)) {
      const { msg, port } = JSON.parse(line) as { msg: string; port: number };
      if (msg !== 'listening') continue;
      this.port = port;
      this.child.stdout!.resume();
      return;
    }
    throw new Error('the broker did not start');
  }

  async kill(): Promise<void> {
    await this.producer?.disconnect();
    this.producer = undefined;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async remove(): Promise<void> {
    await this.kill();
    if (this.folder) await rm(this.folder, { recursive: true });
  }

  /** Publishes an event like its service does. */
  async publish<T>({ topic, codec }: EventType<T>, key: string, value: T): Promise<void> {
    this.producer ??= await this.connected();
    await this.producer.send({ topic, messages: [{ key, value: JSON.stringify(codec.toJSON(value)) }] });
  }

  private async connected(): Promise<Producer> {
    const kafka = new Kafka({ clientId: 'test', brokers: [this.address], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ allowAutoTopicCreation: true });
    await producer.connect();
    return producer;
  }
}
