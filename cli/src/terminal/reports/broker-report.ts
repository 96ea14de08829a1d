import { bytesText } from './bytes-text.js';
import type { Ansis } from 'ansis';
import type { BrokerContents } from '../../inspection/topics/describe-broker.js';
import type { BrokerProcess } from '../../running/broker/broker-process.js';

interface Status extends BrokerContents {
  readonly address: string;
  readonly process: BrokerProcess | null;
}

/** What `msx broker status` shows. */
export function brokerReport(status: Status, { bold, dim }: Ansis): string {
  const { address, clusterId, nodes, topics, partitions, messages, groups, process: running } = status;
  const { pid, command, memory, connections } = running ?? {};
  const facts: [string, string][] = [
    ['cluster', clusterId],
    ['brokers', nodes.join(', ')],
    ...(pid === undefined ? [] : [['process', `${programOf(command)} (pid ${pid})`] as [string, string]]),
    ...(memory === undefined ? [] : [['memory', bytesText(memory)] as [string, string]]),
    ...(connections === undefined ? [] : [['connections', String(connections)] as [string, string]]),
    ['topics', `${topics}, partitions: ${partitions}, messages: ${messages}`],
    ['groups', String(groups)],
  ];
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  return [
    `Kafka at ${bold(address)}`,
    ...facts.map(([name, text]) => `  ${dim(name.padEnd(width))}${text}`),
  ].join('\n');
}

/** `node` of `/usr/bin/node broker.js --port 9092`. */
const programOf = (command = 'unknown'): string => command.split(' ')[0]!.split('/').at(-1)!;
