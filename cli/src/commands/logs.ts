import * as Flags from '@oclif/core/flags';
import { followLogs } from '../logs/follow-logs.js';
import { logFiles } from '../logs/log-files.js';
import { LEVELS } from '../logs/log-line.js';
import { PrettyPrinter } from '../logs/pretty.js';
import { readLogs } from '../logs/read-logs.js';
import { parseGrep, parseSince } from '../logs/selection.js';
import { coloursOf } from '../ui/colours.js';
import { MsxCommand } from '../ui/msx-command.js';
import { serviceNames } from '../ui/service-names.js';
import type { Entry } from '../logs/entries.js';
import type { Selection } from '../logs/selection.js';

const USUAL_LINES = 100;

export default class Logs extends MsxCommand {
  static override summary = 'Show the logs of the services, merged by time.';
  static override description =
    'Lines that are no JSON, such as the frames of a stack, stay attached to the line before them. With --json the lines are shown as they were written.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> -f',
    '<%= config.bin %> <%= command.id %> order-service product-service --since 10m --level warn',
    '<%= config.bin %> <%= command.id %> --grep "order 42" -n 20',
  ];
  static override args = serviceNames('whose logs; all unless given. The embedded broker is called kafka');
  static override flags = {
    follow: Flags.boolean({ char: 'f', description: 'go on with what is written from now on, until Ctrl-C' }),
    lines: Flags.integer({
      char: 'n',
      min: 0,
      description: `the last so many; ${USUAL_LINES} unless --since is given`,
    }),
    since: Flags.string({ description: 'not those before: 30s, 10m, 2h, 1d or an ISO 8601 time' }),
    grep: Flags.string({ description: 'only those in which this regular expression is found' }),
    level: Flags.option({ options: LEVELS, description: 'not those below this level' })(),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Logs);
    const selection: Selection = {
      ...(flags.since !== undefined && { since: parseSince(flags.since, Date.now()) }),
      ...(flags.grep !== undefined && { grep: parseGrep(flags.grep) }),
      ...(flags.level && { level: flags.level }),
    };
    const last = flags.lines ?? (flags.since === undefined ? USUAL_LINES : undefined);
    const system = await this.loadSystem();
    const logs = logFiles(system, argv as string[]);
    const print = this.#printer(logFiles(system, []).map(({ service }) => service));
    // A reader that has seen enough, like head, ends the command.
    process.stdout.on('error', () => process.exit());
    const { entries, end } = readLogs(logs, { ...selection, ...(last !== undefined && { last }) });
    for (const entry of entries) print(entry);
    if (!flags.follow) return;
    for await (const entry of followLogs(end, selection, interrupted())) print(entry);
  }

  #printer(services: string[]): (entry: Entry) => void {
    const pretty = new PrettyPrinter(services, coloursOf(process.stdout));
    const raw = ({ lines }: Entry) => lines.map(({ text }) => text).join('\n');
    const format = this.jsonEnabled() ? raw : (entry: Entry) => pretty.format(entry);
    return (entry) => process.stdout.write(format(entry) + '\n');
  }
}

/** Ctrl-C is how following ends, not a failure. */
function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
