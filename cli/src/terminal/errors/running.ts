import { FAILED, WRONG_INPUT, didYouMean, entry, lines } from './entry.js';
import { refusalAdvice } from './kafka-refusal.js';
import { importCycle } from './import-cycle.js';
import type { KafkaRefusal } from './kafka-refusal.js';

export interface PortHolder {
  /** The address that it listens on. */
  address?: string;
  pid?: number;
  command?: string;
  user?: string;
  /** The connection that uses the port, if nothing listens on it. */
  connection?: string;
  /** The system that the process belongs to, if another engine runs it. */
  system?: { name: string; folder: string };
}

function holderText({ address, pid, command = 'a process', user, connection, system }: PortHolder): string {
  if (connection) return `in use by ${connection}`;
  const where = address === '::1' ? 'on [::1], which localhost also resolves to, ' : '';
  if (system) return `held by another system: ${system.name} in ${system.folder} (pid ${pid})`;
  return pid
    ? `held ${where}by ${command} (pid ${pid}${user ? `, user ${user}` : ''})`
    : 'held by another process';
}

/** What to do about a broker that did not start, by the code that it logs. */
const BROKER_ADVICE: Readonly<Record<string, string>> = {
  PORT_IN_USE: 'Choose another port with --port; msx broker status --brokers HOST:PORT shows what uses it.',
  DATA_LOCKED: 'Stop the broker that uses the folder, or choose another one with --data.',
  DATA_UNUSABLE: 'Choose a folder that you may write to with --data.',
  CONFIG_INVALID: 'See msx broker start --help.',
};

/** Errors of running systems. */
export const running = {
  PORT_IN_USE: entry(
    FAILED,
    ({ service, port }: { service: string; port: number }) =>
      `${service} cannot listen on port ${port}: it is already in use`,
    'Run msx ports to see which process holds it.',
  ),
  PORT_HELD: entry(
    FAILED,
    (f: { port: number; wantedBy: string; ports?: number[] } & PortHolder) =>
      f.ports && f.ports.length > 1
        ? `ports ${f.ports.join(', ')} are ${holderText(f)}`
        : `port ${f.port} of ${f.wantedBy} is ${holderText(f)}`,
    ({ port, connection, system }) => {
      if (connection)
        return (
          'Close that connection, or reserve the ports of msx.yaml, so that the operating system does not use them ' +
          `for outgoing connections: sysctl -w net.ipv4.ip_local_reserved_ports=${port}`
        );
      if (system)
        return `Run msx dev stop in ${system.folder} first, or msx dev start --isolated to run both at the same time.`;
      return `Terminate that process, or let --free-ports or msx ports free ${port} do it.`;
    },
  ),
  PORTS_EXHAUSTED: entry(
    FAILED,
    (f: { first: number; last: number; count: number }) =>
      `fewer than ${f.count} ports from ${f.first} to ${f.last} are free`,
    'Stop other systems: msx list shows those of this user.',
  ),
  PORT_NOT_FREED: entry(
    FAILED,
    (f: { port: number; pid?: number }) =>
      `port ${f.port} is still held${f.pid ? ` by pid ${f.pid}` : ''} after an attempt to terminate its holder`,
    'The process may belong to another user: terminate it as that user. Or a supervisor restarts it: stop the supervisor.',
  ),
  PORTS_KEPT: entry(
    FAILED,
    ({ ports }: { ports: number[] }) => `still held: ${ports.join(', ')}`,
    'Confirm that their holders are terminated, or pass --force.',
  ),
  STOP_INCOMPLETE: entry(
    FAILED,
    ({ left }: { left: { pid: number; name?: string }[] }) =>
      `could not terminate ${left.map(({ pid, name }) => `${name ? `${name} (pid ${pid})` : `pid ${pid}`}`).join(', ')}`,
    'The processes may belong to another user: terminate them as that user.',
  ),
  SERVICE_CRASHED: entry(
    FAILED,
    (f: { service: string; exit: string; reason?: string; lastLines?: string[] }) =>
      `${f.service} crashed (${f.exit})${f.reason ? `: ${f.reason}` : ''}${lines(f.lastLines)}`,
    ({ service }) => `See msx logs ${service} for more.`,
  ),
  SERVICE_GAVE_UP: entry(
    FAILED,
    (f: { service: string; times: number; reason?: string; lastLines?: string[] }) =>
      `${f.service} crashed ${f.times} times in a row and will not be restarted` +
      `${f.reason ? `: ${f.reason}` : ''}${lines(f.lastLines)}`,
    ({ service, reason }) =>
      [importCycle(reason), `Once the cause is fixed, run msx dev restart ${service}.`]
        .filter(Boolean)
        .join(' '),
  ),
  START_TIMEOUT: entry(
    FAILED,
    (f: { seconds: number; waiting: string[] }) =>
      `not everything started within ${f.seconds} s${lines(f.waiting)}`,
    'See why with msx dev why SERVICE, or allow more time with --timeout.',
  ),
  ENGINE_BUSY: entry(
    FAILED,
    ({ doing }: { doing: string; pid?: number }) => `another msx is ${doing} this system right now`,
    'Wait until it has finished, then try again.',
  ),
  ENGINE_LOST: entry(
    FAILED,
    ({ reason }: { reason: string }) => `the engine of this system does not answer: ${reason}`,
    'Run msx dev stop to clean up; the log of the engine is .msx/engine.log.',
  ),
  ENGINE_SILENT: entry(
    FAILED,
    (f: { pid?: number; seconds: number }) =>
      `the engine of this system${f.pid ? ` (pid ${f.pid})` : ''} is running but has not answered within ${f.seconds} s: ` +
      'it may be paused',
    ({ pid }) =>
      `${pid ? `Resume it with kill -CONT ${pid}, or stop` : 'Stop'} it and everything that it runs with msx dev stop.`,
  ),
  SOCKET_FOLDER_UNUSABLE: entry(
    FAILED,
    (f: { folder: string; reason: string }) =>
      `the engine cannot create its socket in ${f.folder}, which must be a private folder of this user: ${f.reason}`,
    'Specify a folder of your own: MSX_RUNTIME_DIR=FOLDER msx dev start. XDG_RUNTIME_DIR is used if it is set and yours.',
  ),
  SYSTEM_MOVED: entry(
    FAILED,
    ({ from }: { from: string }) => `this system was started in ${from}, and its folder has been moved since`,
    'Run msx dev start: it stops the running system and starts it here.',
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
    'Make the folder writable, remove whatever has the name of the log file, or set logs.directory in msx.yaml to another folder.',
  ),
  LOG_UNREADABLE: entry(
    FAILED,
    (f: { file: string; reason: string }) => `cannot read ${f.file}: ${f.reason}`,
    ({ reason }) =>
      reason === 'EACCES'
        ? 'It belongs to the user who ran the system: read it as that user.'
        : 'Remove whatever is at the path of the log, then start the system again.',
  ),
  KAFKA_UNREACHABLE: entry(
    FAILED,
    (f: { address: string; reason: string }) => `no Kafka at ${f.address}: ${f.reason}`,
    'Start the system with msx dev start, or pass --brokers to use another Kafka.',
  ),
  KAFKA_DENIED: entry(
    FAILED,
    (f: { address: string; reason: string }) => `Kafka at ${f.address} denied access: ${f.reason}`,
    'Set KAFKA_SECURITY, KAFKA_USERNAME, KAFKA_PASSWORD and KAFKA_SASL_MECHANISM as for the services, or pass --file.',
  ),
  KAFKA_REFUSED: entry(
    FAILED,
    (f: KafkaRefusal) =>
      `Kafka at ${f.address} refused ${f.doing ? `to ${f.doing}` : 'the request'}: ${f.reason}${f.type ? ` (${f.type})` : ''}`,
    refusalAdvice,
  ),
  TOPIC_MISSING: entry(
    WRONG_INPUT,
    (f: { topic: string; address: string; similar?: string }) => `no topic "${f.topic}" at ${f.address}`,
    (f) => didYouMean(f) || 'See msx topics list.',
  ),
  GROUP_MISSING: entry(
    WRONG_INPUT,
    (f: { group: string; address: string; similar?: string }) =>
      `no consumer group "${f.group}" at ${f.address}`,
    (f) => didYouMean(f) || 'See msx groups list.',
  ),
  GROUP_ACTIVE: entry(
    FAILED,
    (f: { group: string; state: string; members: number; doing: string }) =>
      `${f.group} has ${f.members} ${f.members === 1 ? 'member' : 'members'} (${f.state}): only a group without members can be ${f.doing}`,
    'Stop its consumers first; msx groups describe shows them.',
  ),
  DEAD_LETTERS_NONE: entry(
    WRONG_INPUT,
    (f: { topic: string; group?: string }) =>
      `${f.topic} has no dead letters${f.group === undefined ? '' : ` of ${f.group}`}`,
    'msx topics dlq list shows the topics that have some.',
  ),
  DEAD_LETTER_MISSING: entry(
    WRONG_INPUT,
    (f: { topic: string; id: string }) => `no dead letter "${f.id}" of ${f.topic}`,
    ({ topic }) => `msx topics dlq show ${topic} shows those that are open, with their ids.`,
  ),
  DEAD_LETTER_FOREIGN: entry(
    FAILED,
    (f: { id: string; topic: string }) =>
      `${f.id} of ${f.topic} cannot be replayed: it was not written by msx, so nothing says where it came from`,
    'Publish it with msx topics produce, or set it aside with msx topics dlq drop.',
  ),
  DEAD_LETTER_CUT: entry(
    FAILED,
    (f: { id: string; topic: string; cut: readonly string[]; original: string }) =>
      `${f.id} of ${f.topic} cannot be replayed: its ${f.cut.join(' and ')} exceeded a limit, and all of it is only at ${f.original}`,
    'Replay it with a value that fits: --edit FILE. Or set it aside with msx topics dlq drop.',
  ),
  DEAD_LETTER_UNDELIVERABLE: entry(
    FAILED,
    (f: { id: string; topic: string; reason: string }) =>
      `${f.id} of ${f.topic} cannot be replayed: ${f.reason}`,
    'Start the service that consumes the topic, or set the letter aside with msx topics dlq drop.',
  ),
  EVENT_INVALID: entry(
    WRONG_INPUT,
    (f: { topic: string; message: string; reason: string; fields: string[] }) =>
      `not an event of ${f.topic} (${f.message}): ${f.reason}`,
    ({ fields }) => `Its fields: ${fields.join(', ')}. --force writes it as it is.`,
  ),
  RECORDS_UNREADABLE: entry(
    FAILED,
    ({ reason }: { reason: string }) => `the records cannot be read: ${reason}`,
    'msx reads records that are not compressed, or compressed with gzip or, with Node 22.15 or newer, zstd.',
  ),
  BROKER_FAILED: entry(
    FAILED,
    (f: { reason: string; code?: string }) => `the broker did not start: ${f.reason}`,
    ({ code = '' }) => BROKER_ADVICE[code],
  ),
  BROKER_RUNNING: entry(
    FAILED,
    (f: { address: string; port: number; pid: number }) =>
      `a broker with other options is running at ${f.address} (pid ${f.pid})`,
    ({ port }) => `Stop it with msx broker stop --port ${port}, or choose another port with --port.`,
  ),
  INSECURE_PRODUCTION: entry(
    FAILED,
    (f: { service: string; reason: string }) => `${f.service} refuses to run in production: ${f.reason}`,
    'Set what is missing in its environment, or allow the exception that the message names.',
  ),
};
