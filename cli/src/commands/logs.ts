import * as Flags from '@oclif/core/flags';
import { followLogs } from '../inspection/logs/follow-logs.js';
import { logFiles } from '../inspection/logs/log-files.js';
import { readLogs } from '../inspection/logs/read-logs.js';
import { DEFAULT_LINES, logFlags, selectionOf } from '../terminal/logs/log-flags.js';
import { entryPrinter, followingInterrupted } from '../terminal/logs/log-printer.js';
import { MsxCommand } from '../terminal/base-commands/msx-command.js';
import { serviceNames } from '../terminal/flags/service-names.js';

export default class Logs extends MsxCommand {
  static override summary = 'Show the logs of the services, merged by time.';
  static override description = `Each entry begins with its time, service, level and message, followed by what was done, how it ended and how long it took, and then by the other fields. Ids come last, shortened to 8 characters, which --request and --trace accept; ids that do not fit the terminal are left out. Below 100 columns, times have no milliseconds, services are named without -service, and the request id has no label. Stack traces and other lines that are not JSON stay attached to the entry before them. Control characters other than colours are removed.

A log that has grown beyond 10 MB is cut: its last 5 MB are kept in <service>.log.1, which is read, too. If lines are cut before a slow reader could be shown them, the output says how many.

With --json, entries that are JSON are printed as they were written, one per line; any other text becomes the msg of a JSON object with its time and service.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> -f',
    '<%= config.bin %> <%= command.id %> order-service product-service --since 10m --level warn',
    '<%= config.bin %> <%= command.id %> --grep "order 42" -n 20',
    '<%= config.bin %> <%= command.id %> --request e24826a1 --wide',
  ];
  static override args = serviceNames(
    'services whose logs to show (default: all); the embedded broker is named kafka',
  );
  static override flags = {
    ...logFlags,
    lines: Flags.integer({
      char: 'n',
      min: 0,
      helpValue: 'COUNT',
      description: `number of most recent entries (default: ${DEFAULT_LINES}, or all with --since)`,
    }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Logs);
    const selection = selectionOf(flags);
    const last = flags.lines ?? (flags.since === undefined ? DEFAULT_LINES : undefined);
    const system = await this.loadRunningSystem();
    const logs = logFiles(system, argv as string[]);
    const services = logFiles(system, []).map(({ service }) => service);
    const print = entryPrinter({ services, json: this.jsonEnabled(), wide: flags.wide });
    const signal = flags.follow ? followingInterrupted() : undefined;
    const { entries, end } = readLogs(logs, { ...selection, ...(last !== undefined && { last }) });
    // Follows from the current end, in case the log is cut while its entries are printed.
    const following = signal && followLogs(end, selection, signal);
    let found = false;
    for (const entry of entries) {
      print(entry);
      found = true;
    }
    if (!following) {
      if (!found && last !== 0 && !this.jsonEnabled()) this.logToStderr('no entries match');
      return;
    }
    for await (const entry of following) print(entry);
  }
}
