import * as Args from '@oclif/core/args';
import { describeGroup } from '../../inspection/groups/describe-groups.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags } from '../../terminal/flags/kafka-flags.js';
import { groupReport } from '../../terminal/reports/group-report.js';
import type { GroupDescription } from '../../inspection/groups/describe-groups.js';

export default class GroupsDescribe extends KafkaCommand {
  static override summary =
    'Show the members of a consumer group, and how far it lags behind in each partition.';
  static override description =
    'For groups of both protocols: classic, in which the clients assign the partitions, and consumer (KIP-848), in which the broker does. Of share groups, only the state is shown.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> order-service',
    '<%= config.bin %> <%= command.id %> order-service --brokers 127.0.0.1:9092 --json',
  ];
  static override args = {
    group: Args.string({ required: true, description: 'name of the group', ignoreStdin: true }),
  };
  static override flags = kafkaFlags;

  async run(): Promise<GroupDescription> {
    const { args, flags } = await this.parse(GroupsDescribe);
    const group = await this.queryKafka(flags, ({ session }) => describeGroup(session, args.group));
    this.log(groupReport(group, coloursOf(process.stdout)));
    return group;
  }
}
