import * as Args from '@oclif/core/args';
import { chooseEvents, eventCatalogue } from '../../code/contracts/event-catalogue.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { table } from '../../terminal/screen/table.js';
import type { Ansis } from 'ansis';
import type { EventContract } from '../../code/contracts/event-catalogue.js';

export default class EventsList extends MsxCommand {
  static override summary = 'Show the events: their topics, messages, producers and consumers.';
  static override description =
    'Reads msx.yaml and the contracts; msx topics list shows the topics of the broker. For topics passed as arguments, also shows the fields of the message and the dead-letter topics.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order.created',
    '<%= config.bin %> <%= command.id %> --json',
  ];
  static override args = {
    topic: Args.string({ description: 'topics to show (default: all)', multiple: true, ignoreStdin: true }),
  };

  async run(): Promise<{ events: EventContract[] }> {
    const { argv } = await this.parse(EventsList);
    const events = chooseEvents(await eventCatalogue(await this.loadSystem()), argv as string[]);
    const colours = coloursOf(process.stdout);
    if (argv.length > 0) this.log(events.map((event) => detailsOf(event, colours)).join('\n\n'));
    else this.log(overviewOf(events, colours));
    return { events };
  }
}

function overviewOf(events: EventContract[], colours: Ansis): string {
  const rows = events.map(({ topic, message, producers, consumers, followers }) => [
    colours.bold(topic),
    message,
    producers.join(', '),
    consumers.join(', '),
    followers.join(', '),
  ]);
  return table(
    ['TOPIC', { heading: 'MESSAGE', optional: true }, 'PRODUCERS', 'CONSUMERS', 'FOLLOWERS'],
    rows,
    colours,
  );
}

function detailsOf(event: EventContract, colours: Ansis): string {
  const { topic, message, file, fields, partitions, producers, consumers, followers, deadLetterTopics } =
    event;
  const facts = Object.entries({ producers, consumers, followers, 'dead letters': deadLetterTopics });
  return [
    `${colours.bold(topic)}  ${message} ${colours.dim(`in ${file}, ${partitions} partitions`)}`,
    ...fields.map(({ name, number, type }) => `  ${name} = ${number}  ${colours.dim(type)}`),
    ...facts
      .filter(([, names]) => names.length > 0)
      .map(([what, names]) => `  ${colours.dim(`${what}:`)} ${names.join(', ')}`),
  ].join('\n');
}
