import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { alterTopic } from '../../inspection/topics/change-topics.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags, pairFlag, pairsOf } from '../../terminal/flags/kafka-flags.js';

export default class TopicsAlter extends KafkaCommand {
  static override summary = 'Add partitions to a topic, or change its settings.';
  static override description =
    'Kafka cannot remove partitions. With more partitions, a key may move to another one, so that its new records are not in order with the older ones.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> audit --partitions 6',
    '<%= config.bin %> <%= command.id %> audit --config retention.ms=3600000 --unset max.message.bytes',
  ];
  static override args = {
    topic: Args.string({ required: true, description: 'name of the topic', ignoreStdin: true }),
  };
  static override flags = {
    ...kafkaFlags,
    partitions: Flags.integer({
      ...{ char: 'p', min: 1, max: 10_000, helpValue: 'COUNT' },
      description: 'new number of partitions',
    }),
    config: pairFlag({ char: 'c', multiple: true, description: 'setting of the topic; may be repeated' }),
    unset: Flags.string({
      multiple: true,
      helpValue: 'NAME',
      description: 'setting that returns to the default of the broker; may be repeated',
    }),
  };

  async run() {
    const { args, flags } = await this.parse(TopicsAlter);
    const { topic } = args;
    const { partitions, config = [], unset = [] } = flags;
    if (partitions === undefined && config.length + unset.length === 0)
      throw new MsxError('USAGE', {
        reason: 'pass --partitions, --config or --unset',
        command: 'topics alter',
      });
    const configs = pairsOf(config);
    const change = { configs, unset, ...(partitions !== undefined && { partitions }) };
    await this.queryKafka(flags, ({ session }) => alterTopic(session, topic, change));
    this.log(`altered ${topic}`);
    return { topic, ...change };
  }
}
