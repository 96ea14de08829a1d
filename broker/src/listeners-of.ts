import type { BrokerOptions } from './broker-options.js';
import type { ListenerOptions } from './security/listener-options.js';

/** All listeners of a broker, the plaintext one first if it has one. */
export const listenersOf = ({
  host = '127.0.0.1',
  port = 0,
  plaintext = true,
  listeners = [],
}: BrokerOptions): Required<ListenerOptions>[] => [
  ...(plaintext ? [{ protocol: 'plaintext' as const, host, port }] : []),
  ...listeners.map(({ protocol, host: own = '127.0.0.1', port: ownPort = 0 }) => ({
    protocol,
    host: own,
    port: ownPort,
  })),
];

/** Listeners as Kafka's settings have them: `PLAINTEXT://127.0.0.1:9092,SASL_SSL://127.0.0.1:9095`. */
export const listenersText = (
  listeners: readonly Required<ListenerOptions>[],
  { host, port }: { readonly host?: string; readonly port?: number } = {},
): string =>
  listeners
    .map((each, index) => {
      const shown = { host: host ?? each.host, port: index === 0 && port !== undefined ? port : each.port };
      return `${each.protocol.toUpperCase()}://${shown.host}:${shown.port}`;
    })
    .join();
