import { eventStatus } from '../../inspection/events/event-status.js';
import { chooseServices } from '../../model/system/choose-services.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { durationText } from '../../terminal/screen/duration-text.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import { table } from '../../terminal/screen/table.js';
import type { Ansis } from 'ansis';
import type { EventNumbers, EventStatus } from '../../inspection/events/event-status.js';

const COLUMNS = [
  ...['SERVICE', 'WAITING', 'OLDEST', 'REFUSED', 'LAG', 'HANDLED', 'DUPLICATES', 'DEAD'],
  { heading: 'PUBLISHED', optional: true },
  { heading: 'TAKING', optional: true },
  { heading: 'REBALANCES', optional: true },
];

export default class EventsStatus extends MsxCommand {
  static override summary =
    'Show how events get through: what waits in each outbox, and what each service consumed.';
  static override description =
    'Reads the metrics of the running services. Waiting messages are committed and not yet published; refused ones are those that Kafka does not accept, in the table outbox_refused; the lag is what a service has not yet consumed. The other numbers count from the start of the service: events handled, duplicates that its inbox dropped, and events that went to a dead-letter topic.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service --json',
  ];
  static override args = serviceNames('services to show (default: all that publish or consume events)');

  async run(): Promise<{ services: EventStatus[] }> {
    const { argv } = await this.parse(EventsStatus);
    const system = await this.loadRunningSystem();
    const chosen = chooseServices(system, argv as string[]);
    const services = await this.during('reading metrics', eventStatus(chosen));
    const colours = coloursOf(process.stdout);
    if (services.length === 0) this.logToStderr('none of these services publishes or consumes events');
    else
      this.log(
        table(
          COLUMNS,
          services.map((status) => rowOf(status, colours)),
          colours,
        ),
      );
    return { services };
  }
}

function rowOf({ service, numbers }: EventStatus, colours: Ansis): string[] {
  if (!numbers) return [service, colours.dim('not running'), ...COLUMNS.slice(2).map(() => '')];
  const { waiting, refused, handled, duplicates, deadLettered, published, rebalances } = numbers;
  const warns = (count: number) => (count > 0 ? colours.yellow(String(count)) : '0');
  return [
    ...[service, String(waiting), ageOf(numbers), warns(refused), lagOf(numbers, colours)],
    ...[String(handled), String(duplicates), warns(deadLettered), String(published)],
    ...[takingOf(numbers), String(rebalances)],
  ];
}

const ageOf = ({ waiting, oldestSeconds }: EventNumbers): string =>
  waiting > 0 ? durationText(oldestSeconds * 1000) : '-';

const takingOf = ({ publishSeconds }: EventNumbers): string =>
  publishSeconds === undefined ? '-' : `${Math.max(1, Math.round(publishSeconds * 1000))} ms`;

function lagOf({ lag }: EventNumbers, colours: Ansis): string {
  const lags = Object.values(lag);
  const sum = lags.reduce((total, one) => total + one, 0);
  if (lags.length === 0) return '-';
  return sum > 0 ? colours.yellow(String(sum)) : '0';
}
