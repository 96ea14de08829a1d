import * as Args from '@oclif/core/args';
import { listLetters } from '../../../inspection/dead-letters/list-letters.js';
import { KafkaCommand } from '../../../terminal/base-commands/kafka-command.js';
import { kafkaFlags } from '../../../terminal/flags/kafka-flags.js';
import { letterGroupFlag } from '../../../terminal/flags/letter-flags.js';
import { readerGone } from '../../../terminal/process/guard-output.js';
import { letterListReport } from '../../../terminal/reports/letter-list-report.js';
import { coloursOf } from '../../../terminal/screen/colours.js';
import type { LetterSummary } from '../../../inspection/dead-letters/summarize-letters.js';

export default class TopicsDlqList extends KafkaCommand {
  static override summary = 'Count the dead letters: messages that a consumer group failed to handle.';
  static override description =
    'By topic, consumer group and cause, with the age of the oldest and the newest. Those that were replayed or dropped are counted apart. No consumer group is used, so nothing changes on the broker.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order.created --json',
    '<%= config.bin %> <%= command.id %> --brokers kafka.example.com:9093 --file kafka.env',
  ];
  static override args = {
    topic: Args.string({
      description: 'topic of the messages, or a dead-letter topic (default: all)',
      ignoreStdin: true,
    }),
  };
  static override flags = { ...kafkaFlags, group: letterGroupFlag };

  async run(): Promise<{ deadLetters: LetterSummary[] }> {
    const { args, flags } = await this.parse(TopicsDlqList);
    const filter = { topic: args.topic, group: flags.group };
    const deadLetters = await this.queryKafka(flags, ({ session }) =>
      listLetters(session, filter, readerGone()),
    );
    this.log(letterListReport(deadLetters, coloursOf(process.stdout)));
    return { deadLetters };
  }
}
