import * as Flags from '@oclif/core/flags';
import { countText, groupsOf } from '../../../inspection/dead-letters/letter-count.js';
import { operator } from '../../../inspection/dead-letters/operator.js';
import { prepareReplay } from '../../../inspection/dead-letters/prepare-replay.js';
import { replayLetters } from '../../../inspection/dead-letters/replay-letters.js';
import { KafkaCommand } from '../../../terminal/base-commands/kafka-command.js';
import { kafkaFlags, yesFlag } from '../../../terminal/flags/kafka-flags.js';
import { allFlag, letterArgs, letterFlags, lettersToChange } from '../../../terminal/flags/letter-flags.js';
import { readerIgnored } from '../../../terminal/process/guard-output.js';
import { confirm } from '../../../terminal/questions/confirm.js';
import { replayReport } from '../../../terminal/reports/replay-report.js';
import { coloursOf } from '../../../terminal/screen/colours.js';
import type { Replayed } from '../../../inspection/dead-letters/replay-letters.js';

/** Slow enough for a service that writes each to its database, beside its other work. */
const DEFAULT_RATE = 20;

interface Result {
  readonly replayed: readonly Replayed[];
  /** Why others were not. */
  readonly refused: readonly string[];
}

export default class TopicsDlqReplay extends KafkaCommand {
  static override summary = 'Publish dead letters again, for the consumer group that failed to handle them.';
  static override description = `Shows the letters before it asks. The other groups skip a replay, and the handlers that have handled the event drop it as a duplicate, since it keeps its event id: a second replay has no effect. A letter that dies again names its first one. Consumers that are not services of msx receive the message like any other.

With --edit, one letter is published with another value, as a new event: msx topics dlq show --json prints the value to edit. The replay records who did it.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> order.created --all --dry-run',
    '<%= config.bin %> <%= command.id %> order.created 0:12 0:15 --yes',
    '<%= config.bin %> <%= command.id %> order.created --error OUT_OF_STOCK --since 2h --rate 5',
    '<%= config.bin %> <%= command.id %> order.created 0:12 --edit order.json',
  ];
  static override args = letterArgs;
  static override flags = {
    ...kafkaFlags,
    ...letterFlags,
    all: allFlag,
    rate: Flags.integer({
      ...{ min: 1, max: 10_000, default: DEFAULT_RATE, helpValue: 'COUNT' },
      description: 'letters per second',
    }),
    edit: Flags.string({
      helpValue: 'FILE',
      description: 'file with the value to publish instead of that of the letter',
    }),
    'dry-run': Flags.boolean({ description: 'only show what would be replayed' }),
    yes: yesFlag,
  };

  async run(): Promise<Result> {
    const parsed = await this.parse(TopicsDlqReplay);
    const { args, flags } = parsed;
    const choice = lettersToChange(parsed);
    const options = { edit: flags.edit, signal: readerIgnored };
    const plan = await this.queryKafka(flags, (target) => prepareReplay(target, choice, options));
    this.log(replayReport(plan, args.topic, coloursOf(process.stdout)));
    const { chosen, value } = plan;
    const refused = plan.refused.map(({ message }) => message);
    if (flags['dry-run']) this.log('Dry run: nothing was changed.');
    if (flags['dry-run'] || chosen.length === 0) return { replayed: [], refused };
    const question = `Replay ${countText(chosen)} to ${groupsOf(chosen)}?`;
    if (!flags.yes && !(await confirm('replaying dead letters', question))) return { replayed: [], refused };
    const run = {
      by: operator(),
      rate: flags.rate,
      signal: readerIgnored,
      ...(value !== undefined && { value }),
    };
    const replaying = this.withKafka(flags, ({ session }) => replayLetters(session, chosen, run));
    const replayed = await this.during('replaying dead letters', replaying);
    this.log(`replayed dead letters of ${args.topic}: ${replayed.length}, to ${groupsOf(chosen)}`);
    return { replayed, refused };
  }
}
