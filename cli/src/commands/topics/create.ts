import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { createTopic } from '../../inspection/topics/change-topics.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags, pairFlag, pairsOf } from '../../terminal/flags/kafka-flags.js';

export default class TopicsCreate extends KafkaCommand {
  static override summary = 'Create a topic.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> audit --partitions 3',
    '<%= config.bin %> <%= command.id %> prices --config cleanup.policy=compact --brokers 127.0.0.1:9092',
  ];
  static override args = {
    topic: Args.string({ required: true, description: 'name of the topic', ignoreStdin: true }),
  };
  static override flags = {
    ...kafkaFlags,
    partitions: Flags.integer({
      ...{ char: 'p', min: 1, max: 10_000, helpValue: 'COUNT' },
      description: 'number of partitions (default: that of the broker)',
    }),
    replication: Flags.integer({
      ...{ min: 1, max: 100, helpValue: 'COUNT' },
      description: 'number of replicas (default: that of the broker)',
    }),
    config: pairFlag({ char: 'c', multiple: true, description: 'setting of the topic; may be repeated' }),
  };

  async run(): Promise<{ topic: string; partitions: number }> {
    const { args, flags } = await this.parse(TopicsCreate);
    const { topic } = args;
    const { partitions: count, replication, config } = flags;
    const options = {
      configs: pairsOf(config),
      ...(count !== undefined && { partitions: count }),
      ...(replication !== undefined && { replication }),
    };
    const partitions = await this.queryKafka(flags, ({ session }) => createTopic(session, topic, options));
    this.log(`created ${topic}, partitions: ${partitions}`);
    return { topic, partitions };
  }
}
