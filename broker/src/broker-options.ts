import type { Address } from './broker.js';
import type { Log, LogThreshold } from './log-line.js';
import type { ListenerOptions, SecurityOptions } from './security/listener-options.js';
import type { FrameHandler } from './server/connection.js';

export interface BrokerOptions {
  /** The address to listen on (default: 127.0.0.1). */
  readonly host?: string;
  /** The port to listen on (default: 0, a free port). */
  readonly port?: number;
  /**
   * The data directory; created if it is missing. Only one broker at a time can use it. Without one, all data is in
   * memory and is gone when the broker stops.
   */
  readonly data?: string;
  /** The limit of data in memory (default: 512 MiB): beyond it, the oldest records are deleted. */
  readonly memoryBytes?: number;
  /** The address that clients connect to (default: where the broker listens). */
  readonly advertised?: Partial<Address>;
  /** Whether there is a plaintext listener on `host` and `port` (default: true); without it, `listeners` are needed. */
  readonly plaintext?: boolean;
  /** Listeners besides the plaintext one. */
  readonly listeners?: readonly ListenerOptions[];
  /** The users and certificates of `listeners`. */
  readonly security?: SecurityOptions;
  /** The id of the only broker (default: 1). */
  readonly nodeId?: number;
  /** The number of partitions of a topic that is created without one (default: 1). */
  readonly defaultPartitions?: number;
  /** Whether a client can create a topic by asking for it (default: true). */
  readonly autoCreate?: boolean;
  /** The port on `host` to serve metrics at, for Prometheus; 0 picks a free one (default: none). */
  readonly metricsPort?: number | undefined;
  /** Whether every acknowledged write is flushed to the disk, so that it survives a power failure (default: false). */
  readonly fsync?: boolean;
  /** Settings of Kafka's server.properties that differ from their defaults. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: Log;
  /** What reaches `log`, until a client changes the level of the root logger (default: everything). */
  readonly logThreshold?: LogThreshold;
  /** Wraps the handling of requests that arrive at a listener, for faults in tests. */
  readonly intercept?: (answer: FrameHandler) => FrameHandler;
}
