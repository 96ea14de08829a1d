import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Kafka, logLevel } from 'kafkajs';
import type { IHeaders, KafkaMessage } from 'kafkajs';

const MAIN = fileURLToPath(new URL('../../../../broker/dist/main.js', import.meta.url));

/** A real broker in a separate process, which keeps its port across restarts. */
export class TestBroker {
  private child: ChildProcess | undefined;
  private readonly data = mkdtempSync(join(tmpdir(), 'runtime-broker-'));

  port = 0;

  static async start(): Promise<TestBroker> {
    const broker = new TestBroker();
    await broker.start();
    return broker;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const args = [MAIN, '--host', '127.0.0.1', '--port', String(this.port), '--data', this.data];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    for await (const line of createInterface(child.stdout)) {
      const { msg, port } = JSON.parse(line) as { msg: string; port: number };
      if (msg !== 'listening') continue;
      this.port = port;
      child.stdout.resume();
      return;
    }
    throw new Error('the broker did not start');
  }

  /** While paused, it accepts connections but answers nothing. */
  pause = (): boolean => this.child!.kill('SIGSTOP');
  resume = (): boolean => this.child!.kill('SIGCONT');

  async kill(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true });
  }

  client(): Kafka {
    return new Kafka({ clientId: 'test', brokers: [this.address], logLevel: logLevel.NOTHING });
  }

  async publish(
    topic: string,
    messages: { key?: string; value: string; headers?: IHeaders; partition?: number }[],
  ): Promise<void> {
    const producer = this.client().producer({ allowAutoTopicCreation: true });
    await producer.connect();
    await producer.send({ topic, messages });
    await producer.disconnect();
  }

  /** Consumes topics from their beginning in a separate group; `messages` holds what was received so far. */
  async follow(topics: string[]): Promise<Follower> {
    const messages: FollowedMessage[] = [];
    const consumer = this.client().consumer({ groupId: `follower-${Math.random()}`, maxWaitTimeInMs: 50 });
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic, message }) => void messages.push(toFollowed(topic, message)),
    });
    return { messages, stop: () => consumer.disconnect() };
  }
}

export interface FollowedMessage {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Record<string, string>;
}

export interface Follower {
  readonly messages: readonly FollowedMessage[];
  stop(): Promise<void>;
}

function toFollowed(topic: string, { key, value, headers }: KafkaMessage): FollowedMessage {
  const texts = Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)]);
  return {
    topic,
    key: String(key),
    value: String(value),
    headers: Object.fromEntries(texts) as Record<string, string>,
  };
}

/** Polls a condition; rejects with its description on timeout. */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Timed out after ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
