import { startBroker } from '../start-broker.js';
import type { OpenListener } from '../server/open-listeners.js';
import { exchangeWith, ownPeer } from './call.js';
import { FaultInjector } from './faults.js';
import type { Backend, LocalKafkaOptions } from './local-kafka.js';

/** Starts a broker in this process, with its faults. */
export const startInProcess = async (options: Omit<LocalKafkaOptions, 'process'>): Promise<Backend> => {
  const faults = new FaultInjector(() => broker.dropConnections());
  const broker = await startBroker({ ...options, intercept: faults.intercept });
  const { advertised } = options;
  const [{ host }] = broker.listeners as [OpenListener];
  return {
    host: advertised?.host ?? (WILDCARDS.includes(host) ? '127.0.0.1' : host),
    port: advertised?.port ?? broker.port,
    listeners: broker.listeners,
    ...(broker.certificate !== undefined && { certificate: broker.certificate }),
    faults,
    exchange: (frame) => exchangeWith(broker.answer, frame, ownPeer),
    stop: broker.close,
  };
};

const WILDCARDS = ['0.0.0.0', '::'];
