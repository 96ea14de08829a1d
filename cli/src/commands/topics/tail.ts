import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { eventMessageOf, eventProblem } from '../../inspection/topics/event-contract.js';
import { readRecords } from '../../inspection/topics/read-records.js';
import { recordText } from '../../inspection/topics/record-text.js';
import { recordJson } from '../../inspection/topics/topic-record.js';
import { followingInterrupted } from '../../terminal/logs/log-printer.js';
import { readerGone } from '../../terminal/process/guard-output.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags, positionFlag } from '../../terminal/flags/kafka-flags.js';

const DEFAULT_COUNT = 10;

export default class TopicsTail extends KafkaCommand {
  static override summary = 'Show the records of a topic.';
  static override description = `Each record begins with its time, partition:offset and key, followed by its headers and its value. The value of a topic in msx.yaml is checked against its contract; what does not match is said below it. No consumer group is used, so nothing changes on the broker. Records of open and aborted transactions are shown, too.

With --json, each record is a line of JSON. A value that is JSON is printed as it was written, any other text as a string, and other bytes in base64, with a valueEncoding.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> order.created -f',
    '<%= config.bin %> <%= command.id %> order.created --from 10m --partition 0',
    '<%= config.bin %> <%= command.id %> order.created --from beginning -n 5 --json',
  ];
  static override args = {
    topic: Args.string({ required: true, description: 'name of the topic', ignoreStdin: true }),
  };
  static override flags = {
    ...kafkaFlags,
    follow: Flags.boolean({ char: 'f', description: 'wait for new records until Ctrl-C' }),
    from: positionFlag({
      description: 'where to start: beginning, end, an offset, a time, or a duration ago, such as 10m',
    }),
    count: Flags.integer({
      ...{ char: 'n', aliases: ['lines'], min: 0, max: 10_000, helpValue: 'COUNT' },
      description: `number of records: the first ones with --from (default: all), otherwise the last ones (default: ${DEFAULT_COUNT})`,
    }),
    partition: Flags.integer({ char: 'p', min: 0, helpValue: 'ID', description: 'only this partition' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TopicsTail);
    const { from, follow, partition } = flags;
    const colours = coloursOf(process.stdout);
    const options = {
      ...{ follow, signal: follow ? followingInterrupted() : readerGone() },
      count: flags.count ?? (from ? Infinity : DEFAULT_COUNT),
      ...(from && { from }),
      ...(partition !== undefined && { partition }),
    };
    let found = false;
    await this.withKafka(flags, async ({ session, system }) => {
      const event = eventMessageOf(system, args.topic);
      for await (const record of readRecords(session, args.topic, options)) {
        found = true;
        const value = record.value && String(record.value);
        const reason = event && eventProblem(event, value, { ignoreUnknownFields: true });
        const problem = reason && `not a valid ${event.name}: ${reason}`;
        this.logData(this.jsonEnabled() ? recordJson(record, problem) : recordText(record, colours, problem));
      }
    });
    if (!found && !follow && !this.jsonEnabled()) this.logToStderr('no records match');
  }

  /** oclif's own output is only the result, which this command does not have. */
  protected override logData(text: string): void {
    process.stdout.write(`${text}\n`);
  }
}
