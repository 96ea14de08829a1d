import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { checkEvent, eventMessageOf } from '../../inspection/topics/event-contract.js';
import { produceRecords } from '../../inspection/topics/produce-records.js';
import { valuesFrom } from '../../terminal/process/values-from.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags, pairFlag, pairsOf } from '../../terminal/flags/kafka-flags.js';
import type { Produced } from '../../inspection/topics/produce-records.js';

export default class TopicsProduce extends KafkaCommand {
  static override summary =
    'Write records to a topic: one from the command line, or one for each line of stdin.';
  static override description =
    'A value for a topic in msx.yaml must be valid JSON of its contract. Records are written in batches, and a line that is not valid ends the command: the batches before it are written.';
  static override examples = [
    `<%= config.bin %> <%= command.id %> order.created '{"orderId": "7"}' --key 7`,
    '<%= config.bin %> <%= command.id %> audit --header source=import < audit.jsonl',
    '<%= config.bin %> <%= command.id %> prices --key eur --tombstone',
  ];
  static override args = {
    topic: Args.string({ required: true, description: 'name of the topic', ignoreStdin: true }),
    value: Args.string({
      description: 'value of the record (default: the lines of stdin)',
      ignoreStdin: true,
    }),
  };
  static override flags = {
    ...kafkaFlags,
    key: Flags.string({ char: 'k', helpValue: 'KEY', description: 'key of the records' }),
    header: pairFlag({ char: 'H', multiple: true, description: 'header of the records; may be repeated' }),
    partition: Flags.integer({
      ...{ char: 'p', min: 0, helpValue: 'ID' },
      description: 'partition to write to (default: by key)',
    }),
    tombstone: Flags.boolean({ description: 'write a record without a value, which deletes its key' }),
    force: Flags.boolean({ description: 'write values that do not match the contract' }),
  };

  async run(): Promise<Produced> {
    const { args, flags } = await this.parse(TopicsProduce);
    const { topic } = args;
    const { key = null, header, partition, tombstone, force } = flags;
    const values = valuesFrom({ argument: args.value, tombstone });
    const rest = { key, headers: pairsOf(header), ...(partition !== undefined && { partition }) };
    const produced = await this.queryKafka(flags, ({ session, system }) => {
      const event = force || tombstone ? undefined : eventMessageOf(system, topic);
      async function* messages() {
        for await (const value of values) {
          if (event) checkEvent(event, value);
          yield { value, ...rest };
        }
      }
      return produceRecords(session, topic, messages());
    });
    const offsets = Object.entries(produced.offsets).map(([id, offset]) => `${id}:${offset}`);
    this.log(`wrote ${produced.count} to ${topic}, from ${offsets.join(', ') || 'nothing'}`);
    return produced;
  }
}
