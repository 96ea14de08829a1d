import * as Args from '@oclif/core/args';
import { deleteTopics } from '../../inspection/topics/change-topics.js';
import { findTopics } from '../../inspection/topics/find-topic.js';
import { confirm } from '../../terminal/questions/confirm.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags, yesFlag } from '../../terminal/flags/kafka-flags.js';

export default class TopicsDelete extends KafkaCommand {
  static override summary = 'Delete topics and all their records.';
  static override description =
    'Running services create the topics of msx.yaml again, empty, as soon as they use them.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> audit',
    '<%= config.bin %> <%= command.id %> audit prices --yes',
  ];
  static override args = {
    topic: Args.string({
      required: true,
      multiple: true,
      description: 'topics to delete',
      ignoreStdin: true,
    }),
  };
  static override flags = { ...kafkaFlags, yes: yesFlag };

  async run(): Promise<{ deleted: string[] }> {
    const { argv, flags } = await this.parse(TopicsDelete);
    const topics = [...new Set(argv as string[])];
    const names = topics.join(', ');
    await this.queryKafka(flags, ({ session }) => findTopics(session, topics));
    if (!flags.yes && !(await confirm('deleting topics', `Delete ${names} and all records in it?`)))
      return { deleted: [] };
    await this.queryKafka(flags, ({ session }) => deleteTopics(session, topics));
    this.log(`deleted ${names}`);
    return { deleted: topics };
  }
}
