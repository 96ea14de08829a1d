import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { buildStale } from '../../code/build/build-stale.js';
import { chooseDatabases } from '../../inspection/database/choose-databases.js';
import { eventAt, type Moment } from '../../inspection/database/moment.js';
import { aggregateHistory, type HistoryEvent } from '../../inspection/database/service-history.js';
import { momentFlag } from '../../terminal/flags/moment-flag.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { historyReport, stateReport } from '../../terminal/reports/history-report.js';
import { coloursOf } from '../../terminal/screen/colours.js';

export default class DbHistory extends MsxCommand {
  static override summary =
    'Show what happened to one aggregate, such as an order, and its state after each event.';
  static override description =
    'The events are those that the service has recorded in its own database. Below each are the fields of the state that it changed; --at shows the whole state then. The system need not be running. Exits with 1 if the history cannot be read to its end.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> order 3f0c8a52-5d0e-4f0e-9c7b-0a8f5a1f3c11',
    '<%= config.bin %> <%= command.id %> order 3f0c8a52-5d0e-4f0e-9c7b-0a8f5a1f3c11 --at 1',
    '<%= config.bin %> <%= command.id %> order 3f0c8a52-5d0e-4f0e-9c7b-0a8f5a1f3c11 --at 2026-01-31T12:00:00Z --json',
  ];
  static override args = {
    entity: Args.string({ required: true, description: 'kind of the aggregate', ignoreStdin: true }),
    id: Args.string({ required: true, description: 'id of the aggregate', ignoreStdin: true }),
  };
  static override flags = {
    at: momentFlag({ description: 'only the state after this event, or at this time' }),
    service: Flags.string({ description: 'service that has the history (default: the one that has it)' }),
  };

  async run(): Promise<{ service: string; events: HistoryEvent[]; problem?: string }> {
    const { args, flags } = await this.parse(DbHistory);
    const system = await this.loadSystem();
    const services = chooseDatabases(system, flags.service === undefined ? [] : [flags.service]);
    await this.during('building stale packages', buildStale(system, services));
    const answer = aggregateHistory({ system, services }, args.entity, args.id);
    const { service, events, problem } = await this.during('querying the databases', answer);
    const shown = flags.at ? this.showState(events, flags.at) : this.showEvents(events);
    if (problem !== undefined) this.logToStderr(problem);
    if (problem !== undefined) process.exitCode = 1;
    return { service, events: shown, ...(problem !== undefined && { problem }) };
  }

  private showEvents(events: HistoryEvent[]): HistoryEvent[] {
    if (events.length > 0) this.logData(historyReport(events, coloursOf(process.stdout)));
    return events;
  }

  private showState(events: HistoryEvent[], moment: Moment): HistoryEvent[] {
    const event = eventAt(events, moment);
    if (event) this.logData(stateReport(event, coloursOf(process.stdout)));
    else this.log('nothing had happened yet');
    return event ? [event] : [];
  }
}
