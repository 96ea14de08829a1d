import { listGroups } from '../../inspection/groups/describe-groups.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags } from '../../terminal/flags/kafka-flags.js';
import { table } from '../../terminal/screen/table.js';
import type { GroupSummary } from '../../inspection/groups/describe-groups.js';

export default class GroupsList extends KafkaCommand {
  static override summary = 'Show the consumer groups, their state, and how far they lag behind.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --brokers 127.0.0.1:9092 --json',
  ];
  static override flags = kafkaFlags;

  async run(): Promise<{ groups: GroupSummary[] }> {
    const { flags } = await this.parse(GroupsList);
    const described = await this.queryKafka(flags, ({ session }) => listGroups(session));
    const groups = described.map(({ group, state, members, lag, topics }) => ({
      ...{ group, state, members, lag, topics },
    }));
    const colours = coloursOf(process.stdout);
    const rows = groups.map(({ group, state, members, lag, topics }) => [
      ...[group, state, String(members)],
      ...[lag > 0 ? colours.yellow(String(lag)) : '0', topics.join(', ')],
    ]);
    const topics = { heading: 'TOPICS', optional: true };
    if (rows.length > 0) this.log(table(['GROUP', 'STATE', 'MEMBERS', 'LAG', topics], rows, colours));
    else this.logToStderr('no consumer groups');
    return { groups };
  }
}
