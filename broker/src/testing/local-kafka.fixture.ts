import { afterEach } from '@jest/globals';
import type * as library from '../index.js';

/** The library as it is built, since it starts a process from its own files. */
const built = new URL('../../dist/index.js', import.meta.url).href;

/** Starts brokers that are stopped after the test. */
export const kafkaStarter = () => {
  const running: library.LocalKafka[] = [];
  afterEach(async () => {
    for (const kafka of running.splice(0)) await kafka.stop();
  });
  return async (options: library.LocalKafkaOptions = {}): Promise<library.LocalKafka> => {
    const { startBroker } = (await import(built)) as typeof library;
    running.push(await startBroker(options));
    return running.at(-1)!;
  };
};
