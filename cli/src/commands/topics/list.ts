import { describeTopics } from '../../inspection/topics/describe-topics.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { table } from '../../terminal/screen/table.js';
import { addressesFlag } from '../../terminal/flags/checked-flags.js';
import type { Ansis } from 'ansis';
import type { TopicState } from '../../inspection/topics/describe-topics.js';

export default class TopicsList extends MsxCommand {
  static override summary = 'Show the topics, their messages, and the lag of each consumer group.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --broker 127.0.0.1:19092 --json',
  ];
  static override flags = {
    broker: addressesFlag({
      env: 'KAFKA_BROKERS',
      noCacheDefault: true,
      description: 'brokers, separated by commas (default: the broker in msx.yaml)',
    }),
  };

  async run(): Promise<{ topics: TopicState[] }> {
    const { flags } = await this.parse(TopicsList);
    const system = await this.loadRunningSystem();
    const address = flags.broker ?? system.broker.address;
    const topics = await this.during(`querying the broker at ${address}`, describeTopics(system, address));
    const colours = coloursOf(process.stdout);
    const rows = topics.map((topic) => rowOf(topic, colours));
    this.log(table(['TOPIC', 'PARTITIONS', 'MESSAGES', 'GROUPS (LAG)'], rows, colours));
    return { topics };
  }
}

function rowOf(
  { topic, declared, exists, messages, partitions, groups }: TopicState,
  colours: Ansis,
): string[] {
  const { dim, yellow } = colours;
  const name = declared ? topic : dim(topic);
  if (!exists) return [name, dim('not created'), '', ''];
  const lags = groups.map(({ group, lag }) => (lag > 0 ? yellow(`${group} (${lag})`) : `${group} (0)`));
  return [name, String(partitions.length), String(messages), lags.join(', ')];
}
