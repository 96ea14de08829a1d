import * as Args from '@oclif/core/args';
import { checkDeletable, deleteGroups } from '../../inspection/groups/delete-groups.js';
import { confirm } from '../../terminal/questions/confirm.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags, yesFlag } from '../../terminal/flags/kafka-flags.js';

export default class GroupsDelete extends KafkaCommand {
  static override summary = 'Delete consumer groups and their committed offsets.';
  static override description =
    'Only groups without members can be deleted. A consumer that joins a deleted group starts where it is configured to: usually at the end, or at the beginning.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> order-service',
    '<%= config.bin %> <%= command.id %> old-service older-service --yes',
  ];
  static override args = {
    group: Args.string({
      required: true,
      multiple: true,
      description: 'groups to delete',
      ignoreStdin: true,
    }),
  };
  static override flags = { ...kafkaFlags, yes: yesFlag };

  async run(): Promise<{ deleted: string[] }> {
    const { argv, flags } = await this.parse(GroupsDelete);
    const groups = [...new Set(argv as string[])];
    const names = groups.join(', ');
    await this.queryKafka(flags, ({ session }) => checkDeletable(session, groups));
    const question = `Delete ${names} and all committed offsets?`;
    if (!flags.yes && !(await confirm('deleting groups', question))) return { deleted: [] };
    await this.queryKafka(flags, ({ session }) => deleteGroups(session, groups));
    this.log(`deleted the group ${names}`);
    return { deleted: groups };
  }
}
