import { describeTopics } from '../../inspection/topics/describe-topics.js';
import { driftText } from '../../inspection/topics/drift.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags } from '../../terminal/flags/kafka-flags.js';
import { table } from '../../terminal/screen/table.js';
import type { Ansis } from 'ansis';
import type { TopicState } from '../../inspection/topics/describe-topics.js';

export default class TopicsList extends KafkaCommand {
  static override summary = 'Show the topics, their messages, and the lag of each consumer group.';
  static override description =
    'Of a system, also those topics of msx.yaml that do not exist yet, and how existing ones differ from msx.yaml. Topics that are not in msx.yaml are dimmed.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --brokers 127.0.0.1:19092 --json',
    '<%= config.bin %> <%= command.id %> --brokers kafka.example.com:9093 --file kafka.env',
  ];
  static override flags = kafkaFlags;

  async run(): Promise<{ topics: TopicState[] }> {
    const { flags } = await this.parse(TopicsList);
    const topics = await this.queryKafka(flags, ({ session, system }) => describeTopics(session, system));
    const colours = coloursOf(process.stdout);
    const rows = topics.map((topic) => rowOf(topic, colours));
    this.log(table(['TOPIC', 'PARTITIONS', 'MESSAGES', 'GROUPS (LAG)'], rows, colours));
    const drifts = topics.flatMap(({ drift }) => drift ?? []);
    for (const drift of drifts) this.log(colours.yellow(`${drift.topic}: ${driftText(drift)}`));
    if (drifts.length > 0) this.log('msx topics apply changes what can be changed.');
    return { topics };
  }
}

function rowOf(
  { topic, declared, exists, messages, partitions, groups, drift }: TopicState,
  colours: Ansis,
): string[] {
  const { dim, yellow } = colours;
  const name = declared ? topic : dim(topic);
  if (!exists) return [name, dim('not created'), '', ''];
  const lags = groups.map(({ group, lag }) => (lag > 0 ? yellow(`${group} (${lag})`) : `${group} (0)`));
  const count = String(partitions.length);
  return [name, drift?.partitions ? yellow(count) : count, String(messages), lags.join(', ')];
}
