import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { planGroupReset, resetGroup } from '../../inspection/groups/reset-group.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { confirm } from '../../terminal/questions/confirm.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags, yesFlag } from '../../terminal/flags/kafka-flags.js';
import { resetTarget, resetTargetFlags } from '../../terminal/flags/reset-target.js';
import { resetReport } from '../../terminal/reports/reset-report.js';
import type { OffsetChange } from '../../inspection/groups/reset-plan.js';

export default class GroupsReset extends KafkaCommand {
  static override summary = 'Move the committed offsets of a consumer group, which then reads from there.';
  static override description =
    'Shows which offsets would change before it asks. Only a group without members can be reset: stop its consumers first. Offsets that the log no longer has, or does not have yet, become its first or its end.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> order-service --to earliest --dry-run',
    '<%= config.bin %> <%= command.id %> order-service --topic order.created --to 2h --yes',
    '<%= config.bin %> <%= command.id %> order-service --shift -10',
  ];
  static override args = {
    group: Args.string({ required: true, description: 'name of the group', ignoreStdin: true }),
  };
  static override flags = {
    ...kafkaFlags,
    ...resetTargetFlags,
    topic: Flags.string({
      ...{ multiple: true, helpValue: 'TOPIC' },
      description: 'topic to reset; may be repeated (default: all that the group has committed offsets of)',
    }),
    'dry-run': Flags.boolean({ description: 'only show what would be changed' }),
    yes: yesFlag,
  };

  async run(): Promise<{ changes: OffsetChange[]; reset: boolean }> {
    const { args, flags } = await this.parse(GroupsReset);
    const { group } = args;
    const options = { target: resetTarget(flags), ...(flags.topic && { topics: flags.topic }) };
    const changes = await this.queryKafka(flags, ({ session }) => planGroupReset(session, group, options));
    if (changes.length > 0) this.log(resetReport(changes, coloursOf(process.stdout)));
    else this.log(`no offset of ${group} would change`);
    if (flags['dry-run']) this.log('Dry run: nothing was changed.');
    if (flags['dry-run'] || changes.length === 0) return { changes, reset: false };
    const question = `Move ${changes.length} offsets of ${group}?`;
    if (!flags.yes && !(await confirm('resetting a group', question))) return { changes, reset: false };
    await this.queryKafka(flags, ({ session }) => resetGroup(session, group, changes));
    this.log(`reset ${group}, partitions: ${changes.length}`);
    return { changes, reset: true };
  }
}
