import { bytesText } from './bytes-text.js';
import type { Ansis } from 'ansis';
import type { BackgroundBroker } from '../../running/broker/background-brokers.js';
import type { BrokerContents } from '../../inspection/topics/describe-broker.js';
import type { BrokerProcess } from '../../running/broker/broker-process.js';

export interface BrokerStatusReport extends BrokerContents {
  readonly address: string;
  readonly process: BrokerProcess | null;
  /** The name of the system whose broker it is. */
  readonly system?: string;
  /** The log of a broker in the background. */
  readonly log?: string;
}

/** A broker that could not be asked. */
export interface Unanswered {
  readonly address: string;
  readonly error: { readonly code: string; readonly message: string };
}

/** What `msx broker status` shows. */
export function brokerReport(status: BrokerStatusReport, { bold, dim }: Ansis): string {
  const {
    address,
    clusterId,
    nodes,
    topics,
    partitions,
    messages,
    groups,
    process: running,
    log,
    system,
  } = status;
  const { pid, command, memory, connections } = running ?? {};
  const facts: [string, string][] = [
    ...(system === undefined ? [] : [['system', system] as [string, string]]),
    ['cluster', clusterId],
    ['brokers', nodes.join(', ')],
    ...(pid === undefined ? [] : [['process', `${programOf(command)} (pid ${pid})`] as [string, string]]),
    ...(memory === undefined ? [] : [['memory', bytesText(memory)] as [string, string]]),
    ...(connections === undefined ? [] : [['connections', String(connections)] as [string, string]]),
    ['topics', `${topics}, partitions: ${partitions}, messages: ${messages}`],
    ['groups', String(groups)],
    ...(log === undefined ? [] : [['log', log] as [string, string]]),
  ];
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  return [
    `Kafka at ${bold(address)}`,
    ...facts.map(([name, text]) => `  ${dim(name.padEnd(width))}${text}`),
  ].join('\n');
}

export const unansweredReport = ({ address, error }: Unanswered, { bold, dim }: Ansis): string =>
  [`Kafka at ${bold(address)}`, `  ${dim('no answer  ')}${error.message}`].join('\n');

/** What `msx broker start --detach` shows of the broker. */
export function backgroundReport(broker: BackgroundBroker, { dim }: Ansis): string {
  const { port, listeners, log } = broker;
  const facts = [
    ...listeners.map((listener) => ['listener', listener] as const),
    ['log', log],
    ['stop it', `msx broker stop --port ${port}`],
  ] as const;
  return facts.map(([name, text]) => `  ${dim(name.padEnd(10))}${text}`).join('\n');
}

/** `node` of `/usr/bin/node broker.js --port 9092`. */
const programOf = (command = 'unknown'): string => command.split(' ')[0]!.split('/').at(-1)!;
