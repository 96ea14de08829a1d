import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Kafka, logLevel, type Consumer, type KafkaMessage } from 'kafkajs';

process.env['KAFKAJS_NO_PARTITIONER_WARNING'] = '1';

export const kafkaAt = (port: number, clientId = 'test'): Kafka =>
  new Kafka({
    clientId,
    brokers: [`127.0.0.1:${port}`],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 20, maxRetryTime: 100, retries: 20 },
  });

/** Waits until a condition is true. Times out before Jest does, with the source of the condition. */
export const until = async (
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> => {
  for (const end = Date.now() + timeoutMs; !(await condition());) {
    if (Date.now() > end) throw new Error(`timed out: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

export interface Reading {
  readonly consumer: Consumer;
  /** `partition/offset value`, in the order of arrival. */
  readonly seen: string[];
  readonly messages: KafkaMessage[];
  /** The currently assigned partitions. */
  assigned(): number[];
  generation(): number;
}

/** A consumer that records what it reads from the beginning. Its timeouts are short, so that it stops quickly. */
export const read = async (kafka: Kafka, groupId: string, topic: string): Promise<Reading> => {
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: 1000,
    heartbeatInterval: 100,
    rebalanceTimeout: 3000,
    maxWaitTimeInMs: 50,
  });
  const seen: string[] = [];
  const messages: KafkaMessage[] = [];
  let assigned: number[] = [];
  let generation = 0;
  consumer.on('consumer.group_join', ({ payload }) => {
    assigned = payload.memberAssignment[topic] ?? [];
    generation++;
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: async ({ partition, message }) => {
      seen.push(`${partition}/${message.offset} ${message.value}`);
      messages.push(message);
    },
  });
  return { consumer, seen, messages, assigned: () => assigned, generation: () => generation };
};

const script = `
  import kafkajs from 'kafkajs';
  const [port, groupId, topic] = process.argv.slice(1);
  const kafka = new kafkajs.Kafka({ brokers: ['127.0.0.1:' + port], logLevel: 0 });
  const consumer = kafka.consumer({ groupId, sessionTimeout: 1000, heartbeatInterval: 100, rebalanceTimeout: 3000 });
  await consumer.connect();
  await consumer.subscribe({ topic });
  await consumer.run({ eachMessage: async () => {} });
`;

/** A consumer in a separate process, which can be killed. */
export const killableConsumer = (port: number, groupId: string, topic: string): { kill(): Promise<void> } => {
  const args = ['--input-type=module', '-e', script, String(port), groupId, topic];
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
  const exit = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exit;
  };
  return { kill };
};
