import * as Flags from '@oclif/core/flags';
import { chooseLetters } from '../../../inspection/dead-letters/choose-letters.js';
import { dropLetters } from '../../../inspection/dead-letters/drop-letters.js';
import { countOf, countText } from '../../../inspection/dead-letters/letter-count.js';
import { operator } from '../../../inspection/dead-letters/operator.js';
import { KafkaCommand } from '../../../terminal/base-commands/kafka-command.js';
import { kafkaFlags, yesFlag } from '../../../terminal/flags/kafka-flags.js';
import { allFlag, letterArgs, letterFlags, lettersToChange } from '../../../terminal/flags/letter-flags.js';
import { readerIgnored } from '../../../terminal/process/guard-output.js';
import { confirm } from '../../../terminal/questions/confirm.js';
import { chosenLettersReport } from '../../../terminal/reports/chosen-letters-report.js';
import { coloursOf } from '../../../terminal/screen/colours.js';

export default class TopicsDlqDrop extends KafkaCommand {
  static override summary = 'Set dead letters aside: they are no longer shown, counted or replayed.';
  static override description =
    'Kafka can only delete the oldest records of a topic, so a letter is marked as dropped, with the name of the user. It stays in its topic until the retention ends, and can be shown and replayed by its id. To delete letters, delete the dead-letter topic with msx topics delete: services create it again, empty.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> order.created 0:12',
    '<%= config.bin %> <%= command.id %> order.created --error PoisonMessageError --dry-run',
  ];
  static override args = letterArgs;
  static override flags = {
    ...kafkaFlags,
    ...letterFlags,
    all: allFlag,
    'dry-run': Flags.boolean({ description: 'only show what would be dropped' }),
    yes: yesFlag,
  };

  async run(): Promise<{ dropped: string[] }> {
    const parsed = await this.parse(TopicsDlqDrop);
    const { args, flags } = parsed;
    const choice = lettersToChange(parsed);
    const chosen = await this.queryKafka(flags, ({ session }) =>
      chooseLetters(session, choice, readerIgnored),
    );
    const count = countOf(chosen);
    if (count > 0) this.log(chosenLettersReport(chosen, coloursOf(process.stdout)));
    else this.log(`no open dead letter of ${args.topic} matches`);
    if (flags['dry-run']) this.log('Dry run: nothing was changed.');
    if (flags['dry-run'] || count === 0) return { dropped: [] };
    if (!flags.yes && !(await confirm('dropping dead letters', `Drop ${countText(chosen)}?`)))
      return { dropped: [] };
    await this.queryKafka(flags, ({ session }) => dropLetters(session, chosen, operator()));
    this.log(`dropped dead letters of ${args.topic}: ${count}`);
    return { dropped: chosen.flatMap(({ letters }) => letters.map(({ id }) => id)) };
  }
}
