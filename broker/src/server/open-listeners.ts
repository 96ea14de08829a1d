import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import type { Address, Broker } from '../broker.js';
import {
  usesSasl,
  usesTls,
  type ListenerOptions,
  type SecurityOptions,
} from '../security/listener-options.js';
import { mechanismsOf } from '../security/mechanisms.js';
import type { SaslPolicy } from '../security/sasl-step.js';
import { tlsOptions } from '../security/tls-identity.js';
import { connectionBoundsOf, type ConnectionBounds } from '../settings/connection-bounds.js';
import type { ConnectionLimits, FrameHandler } from './connection.js';
import { ConnectionQuotas } from './connection-quotas.js';
import { dispatcher } from './dispatch.js';
import { FrameMemory } from './frame-memory.js';
import { listen, type Listener } from './listen.js';
import { ReceiveBudget } from './receive-budget.js';
import { SaslGate } from './sasl-gate.js';
import { SendBudget } from './send-budget.js';

/** The longest delay of a timer. */
const MAX_TIMER_MS = 0x7fffffff;

export type OpenListener = Required<ListenerOptions>;

export interface Listeners {
  /** In the order of the options. */
  readonly open: readonly OpenListener[];
  /** What clients of TLS listeners must trust, in PEM. */
  readonly certificate?: string;
  /** Closes all connections; new ones are accepted. */
  dropConnections(): void;
  close(): Promise<void>;
}

export interface ListenersOptions {
  readonly listeners: readonly ListenerOptions[];
  readonly security: SecurityOptions;
  readonly advertised: Partial<Address> | undefined;
  /** Where a certificate for development is kept; without, it is made again at each start. */
  readonly data: string | undefined;
  /** Wraps the handling of requests. */
  readonly intercept?: (answer: FrameHandler) => FrameHandler;
}

/** Opens all listeners; none stays open if one fails. Clients of each are told its own address. */
export const openListeners = async (broker: Broker, options: ListenersOptions): Promise<Listeners> => {
  const { listeners, security } = options;
  const limits = limitsFrom(broker);
  const quotas = quotasFrom(broker);
  const isSasl = listeners.some(({ protocol }) => usesSasl(protocol));
  if (isSasl) broker.scram.declare(security.users ?? new Map());
  const tls = listeners.some(({ protocol }) => usesTls(protocol)) ? serverTls(broker, options) : undefined;
  const opened: OpenListener[] = [];
  const sockets: Listener[] = [];
  const close = async (): Promise<void> => {
    for (const listener of sockets) await listener.close();
  };
  try {
    for (const [index, { protocol, host = '127.0.0.1', port = 0 }] of listeners.entries()) {
      const address = { host: isWildcard(host) ? '127.0.0.1' : host, port };
      const dispatched = dispatcher({ ...broker, address });
      const answer = options.intercept?.(dispatched) ?? dispatched;
      const handler = usesSasl(protocol) ? gated(broker, security, answer) : () => answer;
      const secured = usesTls(protocol) ? { tls: tls! } : {};
      const listener = await listen(
        { host, port },
        {
          ...{ handler, limits, quotas, ...secured },
          isProtected: index === 0 && listeners.length > 1,
        },
      );
      Object.assign(address, { port: listener.port }, advertisedFor(index, options.advertised));
      sockets.push(listener);
      opened.push({ protocol, host, port: listener.port });
      warnIfExposed(opened.at(-1)!, options, broker);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const dropConnections = (): void => sockets.forEach((listener) => listener.dropConnections());
  return { open: opened, dropConnections, close, ...(tls && { certificate: String(tls.cert) }) };
};

const limitsFrom = ({ log, resources }: Broker): ConnectionLimits => ({
  budget: new ReceiveBudget(),
  sending: new SendBudget(),
  memory: new FrameMemory(),
  log,
  idleMs: Math.min(Math.max(resources.numberOf('connections.max.idle.ms'), 0), MAX_TIMER_MS),
  refusalDelayMs: resources.numberOf('connection.failed.authentication.delay.ms'),
});

/** The bounds are read again only when a setting has changed. */
const quotasFrom = ({ resources }: Broker): ConnectionQuotas => {
  const read = (): ConnectionBounds => connectionBoundsOf((name) => resources.valueOf(name));
  let bounds = read();
  const quotas = new ConnectionQuotas(
    () => bounds,
    () => performance.now(),
  );
  resources.onChange(() => {
    bounds = read();
    quotas.review();
  });
  return quotas;
};

/** Clients cannot connect to a wildcard address. */
const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** Further listeners are advertised on the same host, each with its own port. */
const advertisedFor = (index: number, { host, port }: Partial<Address> = {}): Partial<Address> => ({
  ...(host !== undefined && { host }),
  ...(index === 0 && port !== undefined && { port }),
});

const gated = (broker: Broker, security: SecurityOptions, answer: FrameHandler): (() => FrameHandler) => {
  const { users = new Map<string, string>(), mechanisms } = security;
  const maxReauthMs = broker.resources.numberOf('connections.max.reauth.ms');
  const accounts = { passwords: users, credentials: broker.scram };
  const policy: SaslPolicy = { mechanisms: mechanismsOf(accounts, mechanisms), maxReauthMs };
  return () => new SaslGate(policy, answer, broker.now);
};

const serverTls = (
  { now }: Broker,
  { listeners, security, advertised, data }: ListenersOptions,
): TlsOptions => {
  const hosts = [...listeners.map(({ host }) => host), advertised?.host];
  const names = ['localhost', '127.0.0.1', '::1', ...hosts.filter((host) => host !== undefined)];
  const unique = [...new Set(names.filter((name) => !isWildcard(name)))];
  return tlsOptions(security.tls, { directory: data && join(data, 'tls'), names: unique, now: now() });
};

const isLoopback = (host: string): boolean => /^(127\.|::1$|localhost$)/i.test(host);

/** What a listener that other machines can reach lacks. */
const warnIfExposed = (
  listener: OpenListener,
  { security }: ListenersOptions,
  { log }: Pick<Broker, 'log'>,
): void => {
  const { protocol, host, port } = listener;
  const isAnonymous = !usesSasl(protocol) && !(usesTls(protocol) && security.tls?.ca);
  const missing = [
    ...(usesTls(protocol) ? [] : ['encryption']),
    ...(isAnonymous ? ['authentication'] : []),
  ].join(' and ');
  if (missing && !isLoopback(host))
    log('warn', `other machines can reach this listener, which has no ${missing}`, { protocol, host, port });
};
