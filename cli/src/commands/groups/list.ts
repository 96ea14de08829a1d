import { describeGroups } from '../../inspection/groups/describe-groups.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags } from '../../terminal/flags/kafka-flags.js';
import { groupsReport } from '../../terminal/reports/groups-report.js';
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
    const described = await this.queryKafka(flags, ({ session }) => describeGroups(session));
    const groups = described.map(({ group, type, state, members, lag, topics }) => ({
      ...{ group, type, state, members, lag, topics },
    }));
    if (groups.length > 0) this.log(groupsReport(groups, coloursOf(process.stdout)));
    else this.logToStderr('no consumer groups');
    return { groups };
  }
}
