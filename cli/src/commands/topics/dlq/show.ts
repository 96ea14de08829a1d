import * as Flags from '@oclif/core/flags';
import { chooseLetters } from '../../../inspection/dead-letters/choose-letters.js';
import { describeLetters } from '../../../inspection/dead-letters/describe-letters.js';
import { newestOf } from '../../../inspection/dead-letters/newest-of.js';
import { KafkaCommand } from '../../../terminal/base-commands/kafka-command.js';
import { kafkaFlags } from '../../../terminal/flags/kafka-flags.js';
import { letterArgs, letterChoiceOf, letterFlags } from '../../../terminal/flags/letter-flags.js';
import { readerGone } from '../../../terminal/process/guard-output.js';
import { letterReport } from '../../../terminal/reports/letter-report.js';
import { coloursOf } from '../../../terminal/screen/colours.js';
import { columnsOf } from '../../../terminal/screen/screen.js';
import type { LetterDescription } from '../../../inspection/dead-letters/describe-letters.js';

export default class TopicsDlqShow extends KafkaCommand {
  static override summary = 'Show dead letters: what they are, why they died, and what became of them.';
  static override description =
    'Without ids, the newest ones that nobody has replayed or dropped. The value of a topic in msx.yaml is checked against its contract; what does not match is said below it.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> order.created',
    '<%= config.bin %> <%= command.id %> order.created 0:12 --json',
    '<%= config.bin %> <%= command.id %> order.created --error INVALID_QUANTITY --since 2h',
  ];
  static override args = letterArgs;
  static override flags = {
    ...kafkaFlags,
    ...letterFlags,
    count: Flags.integer({
      ...{ char: 'n', aliases: ['lines'], min: 1, max: 10_000, default: 10, helpValue: 'COUNT' },
      description: 'number of letters, the newest ones, unless ids are given',
    }),
  };

  async run(): Promise<{ letters: LetterDescription[]; more: number }> {
    const parsed = await this.parse(TopicsDlqShow);
    const { args, flags } = parsed;
    const choice = letterChoiceOf(parsed);
    const signal = readerGone();
    const { letters, more } = await this.queryKafka(flags, async ({ session, system }) => {
      const chosen = await chooseLetters(session, choice, signal);
      const shown = newestOf(chosen, choice.ids.length > 0 ? Infinity : flags.count);
      const context = { session, ...(system && { system }), signal };
      const described: LetterDescription[] = [];
      for (const each of shown.chosen)
        for await (const letter of describeLetters(context, each)) described.push(letter);
      return { letters: described, more: shown.more };
    });
    const colours = coloursOf(process.stdout);
    for (const letter of letters)
      this.log(letterReport(letter, { colours, columns: columnsOf(process.stdout) }));
    if (letters.length === 0) this.log(`no open dead letter of ${args.topic} matches`);
    if (more > 0) this.log(colours.dim(`older ones that match: ${more}; --count shows more`));
    return { letters, more };
  }
}
