import * as Args from '@oclif/core/args';
import { describeTopic } from '../../inspection/topics/describe-topic.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags } from '../../terminal/flags/kafka-flags.js';
import { topicReport } from '../../terminal/reports/topic-report.js';
import type { TopicDescription } from '../../inspection/topics/describe-topic.js';

export default class TopicsDescribe extends KafkaCommand {
  static override summary =
    'Show the partitions of a topic, its settings that are not defaults, and the groups that read it.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> order.created',
    '<%= config.bin %> <%= command.id %> order.created --brokers 127.0.0.1:9092 --json',
  ];
  static override args = {
    topic: Args.string({ required: true, description: 'name of the topic', ignoreStdin: true }),
  };
  static override flags = kafkaFlags;

  async run(): Promise<TopicDescription> {
    const { args, flags } = await this.parse(TopicsDescribe);
    const description = await this.queryKafka(flags, ({ session, system }) =>
      describeTopic(session, args.topic, system),
    );
    this.log(topicReport(description, coloursOf(process.stdout)));
    return description;
  }
}
