import type { BrokerOptions } from './broker-options.js';
import type { Broker } from './broker.js';
import { listenersOf } from './listeners-of.js';
import { LogThreshold, silent } from './log-line.js';
import { metricsText } from './metrics/metrics-text.js';
import { RequestMeter } from './metrics/request-meter.js';
import { serveMetrics, type MetricsServer } from './metrics/serve-metrics.js';
import { openBroker } from './open-broker.js';
import { openStorage, type Storage } from './open-storage.js';
import type { FrameHandler } from './server/connection.js';
import { dispatcher } from './server/dispatch.js';
import { openListeners, type Listeners, type OpenListener } from './server/open-listeners.js';
import { LogCleaner } from './topics/log-cleaner.js';
import { makeRoom } from './topics/make-room.js';

export interface RunningBroker {
  readonly port: number;
  readonly metricsPort?: number;
  /** All listeners; the first is the plaintext one if there is one. */
  readonly listeners: readonly OpenListener[];
  /** What clients of TLS listeners must trust, in PEM. */
  readonly certificate?: string;
  /** Answers a request without a connection, and without {@link BrokerOptions.intercept}. */
  readonly answer: FrameHandler['answer'];
  dropConnections(): void;
  /** Closes all connections, flushes everything to the disk and unlocks the directory. */
  close(): Promise<void>;
}

/** Starts a broker. Rejects with DirectoryLocked, StorageError or a listen error (EADDRINUSE…). */
export const startBroker = async (given: BrokerOptions): Promise<RunningBroker> => {
  const { logThreshold = new LogThreshold('trace') } = given;
  const log = logThreshold.over(given.log ?? silent);
  const options = { ...given, log };
  let running: Broker | undefined;
  const storage = openStorage(options, () => running !== undefined && makeRoom(running.topics, log));
  const steps: Step[] = [() => release(storage)];
  const close = closer(steps);
  try {
    const broker = (running = { ...openBroker(options, storage), logThreshold });
    for (const part of [broker.groups, broker.transactions, broker.consumerGroups])
      steps.unshift(() => part.close());
    const meter = options.metricsPort === undefined ? undefined : new RequestMeter();
    const server = await listenFor(broker, options, meter);
    const cleaner = new LogCleaner(broker.topics, broker);
    cleaner.start();
    steps.unshift(() => cleaner.close(), server.close);
    const metrics = await startMetrics(options, broker, meter);
    if (metrics) steps.unshift(metrics.close);
    const { open, dropConnections, certificate } = server;
    const [{ host, port }] = open as [OpenListener];
    const { answer } = dispatcher({ ...broker, address: { host, port, ...options.advertised } });
    const ports = { port, ...(metrics && { metricsPort: metrics.port }) };
    const reached = { ...ports, listeners: open, ...(certificate && { certificate }) };
    return { ...reached, answer, dropConnections, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Requests are counted only where there are metrics to show them. */
const listenFor = (broker: Broker, options: BrokerOptions, meter?: RequestMeter): Promise<Listeners> => {
  const { security = {}, advertised, data } = options;
  const listeners = listenersOf(options);
  const intercept = (answer: FrameHandler): FrameHandler => {
    const intercepted = options.intercept?.(answer) ?? answer;
    return meter?.counting(intercepted) ?? intercepted;
  };
  return openListeners(broker, { listeners, security, advertised, data, intercept });
};

const startMetrics = async (
  { host = '127.0.0.1', metricsPort: port }: BrokerOptions,
  broker: Broker,
  meter?: RequestMeter,
): Promise<MetricsServer | undefined> =>
  port === undefined || !meter ? undefined : serveMetrics({ host, port }, () => metricsText(broker, meter));

type Step = () => void | Promise<void>;

/** Runs the steps in order; repeated calls run them only once. */
const closer = (steps: Step[]): (() => Promise<void>) => {
  let closing: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    for (const step of steps) await step();
  };
  return () => (closing ??= run());
};

const release = async ({ disk, unlock }: Storage): Promise<void> => {
  await disk.remover.close();
  await disk.flusher.close();
  disk.files.closeAll();
  unlock();
};
