import { LocalKafka, type LocalKafkaOptions } from './local-kafka.js';
import { startChild } from './start-child.js';
import { startInProcess } from './start-in-process.js';

/**
 * Starts a Kafka, by default in this process, in memory, and on a free port of 127.0.0.1. Rejects if the data directory
 * is in use or cannot be used, or with the error of the port (EADDRINUSE).
 */
export const startLocalKafka = async ({
  process: isChild = false,
  ...options
}: LocalKafkaOptions = {}): Promise<LocalKafka> =>
  new LocalKafka(isChild ? await startChild(options) : await startInProcess(options));
