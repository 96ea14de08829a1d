import { FAILED, entry, lines } from './entry.js';

/** What can go wrong with a running system. */
export const running = {
  PORT_IN_USE: entry(
    FAILED,
    ({ service, port }: { service: string; port: number }) =>
      `${service} cannot listen on port ${port}: it is taken`,
    'See who holds it with msx ports.',
  ),
  PORT_HELD: entry(
    FAILED,
    (f: {
      port: number;
      wantedBy: string;
      pid?: number;
      command?: string;
      user?: string;
      /** What has it without listening on it. */
      connection?: string;
    }) =>
      `port ${f.port} of ${f.wantedBy} is ` +
      (f.connection
        ? `in use by ${f.connection}`
        : f.pid
          ? `held by ${f.command ?? 'a process'} (pid ${f.pid}${f.user ? `, user ${f.user}` : ''})`
          : 'held by another process'),
    ({ port, connection }) =>
      connection
        ? 'Close that connection, or keep the ports of msx.yaml out of the range that the system takes such ends ' +
          `from: sysctl -w net.ipv4.ip_local_reserved_ports=${port}`
        : `End that process, or have it ended with --free-ports or msx ports free ${port}.`,
  ),
  PORT_NOT_FREED: entry(
    FAILED,
    (f: { port: number; pid?: number }) =>
      `port ${f.port} is still held${f.pid ? ` by pid ${f.pid}` : ''} after its holder was told to end`,
    'The process may belong to another user: end it as that user.',
  ),
  STOP_INCOMPLETE: entry(
    FAILED,
    ({ pids }: { pids: number[] }) => `could not end ${pids.map((pid) => `pid ${pid}`).join(', ')}`,
    'The processes may belong to another user: end them as that user.',
  ),
  SERVICE_CRASHED: entry(
    FAILED,
    (f: { service: string; exit: string; reason?: string; lastLines?: string[] }) =>
      `${f.service} ended (${f.exit})${f.reason ? `: ${f.reason}` : ''}${lines(f.lastLines)}`,
    ({ service }) => `Read more with msx logs ${service}.`,
  ),
  SERVICE_GAVE_UP: entry(
    FAILED,
    (f: { service: string; times: number; reason?: string; lastLines?: string[] }) =>
      `${f.service} ended ${f.times} times in a row and is not started again` +
      `${f.reason ? `: ${f.reason}` : ''}${lines(f.lastLines)}`,
    ({ service }) => `Once its cause is mended: msx dev restart ${service}.`,
  ),
  START_TIMEOUT: entry(
    FAILED,
    (f: { seconds: number; waiting: string[] }) =>
      `not everything started within ${f.seconds} s${lines(f.waiting)}`,
    'See why with msx dev why SERVICE, or allow more time with --timeout.',
  ),
  ENGINE_BUSY: entry(
    FAILED,
    ({ doing }: { doing: string; pid?: number }) => `another msx is ${doing} this system at this moment`,
    'Wait until it is done, then try again.',
  ),
  ENGINE_LOST: entry(
    FAILED,
    ({ reason }: { reason: string }) => `the engine of this system does not answer: ${reason}`,
    'msx dev stop clears what is left of it; its own log is .msx/engine.log.',
  ),
  NOT_RUNNING: entry(
    FAILED,
    ({ what }: { what: string; service?: string }) => `${what} is not running`,
    ({ service }) => `Start it with msx dev start${service ? ` ${service}` : ''}.`,
  ),
  MODE_DIFFERS: entry(
    FAILED,
    ({ runs }: { runs: string; join: string }) => `the system runs ${runs}`,
    ({ join }) => `Run msx dev stop first, or ${join}.`,
  ),
  LOG_DIR_UNWRITABLE: entry(
    FAILED,
    (f: { directory: string; reason: string }) => `cannot write logs to ${f.directory}: ${f.reason}`,
    'Make it writable, or set logs.directory in msx.yaml.',
  ),
  LOG_UNREADABLE: entry(
    FAILED,
    (f: { file: string; reason: string }) => `cannot read ${f.file}: ${f.reason}`,
    'It belongs to whoever ran the system: read it as that user.',
  ),
  KAFKA_UNREACHABLE: entry(
    FAILED,
    (f: { address: string; reason: string }) => `no Kafka at ${f.address}: ${f.reason}`,
    'Start the system with msx dev start, or name another broker with --broker.',
  ),
  INSECURE_PRODUCTION: entry(
    FAILED,
    (f: { service: string; reason: string }) => `${f.service} refuses to run in production: ${f.reason}`,
    'Give what is missing in its environment, or allow the exception it names.',
  ),
};
