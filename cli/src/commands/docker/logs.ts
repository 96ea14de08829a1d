import * as Flags from '@oclif/core/flags';
import { followedLogs, nameOf, storedLogs } from '../../docker/running/container-logs.js';
import { connectDocker } from '../../docker/running/connect-docker.js';
import { containersOf, ofServices } from '../../docker/running/containers.js';
import { projectName } from '../../docker/running/project-name.js';
import { MsxError } from '../../errors/msx-error.js';
import { LEVELS } from '../../logs/log-line.js';
import { PrettyPrinter } from '../../logs/pretty.js';
import { matches, parseGrep, parseSince } from '../../logs/selection.js';
import { coloursOf } from '../../ui/colours.js';
import { DockerCommand } from '../../ui/docker-command.js';
import { interrupted } from '../../ui/interrupted.js';
import { serviceNames } from '../../ui/service-names.js';
import type { Entry } from '../../logs/entries.js';
import type { Selection } from '../../logs/selection.js';

const USUAL_LINES = 100;

export default class DockerLogs extends DockerCommand {
  static override summary = 'Show what the containers wrote, merged by time.';
  static override description = 'With --json the lines are shown as they were written.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> -f',
    '<%= config.bin %> <%= command.id %> order-service --since 10m --level warn',
    '<%= config.bin %> <%= command.id %> kafka -n 20',
  ];
  static override args = serviceNames('whose logs; all unless given');
  static override flags = {
    follow: Flags.boolean({ char: 'f', description: 'go on with what is written from now on, until Ctrl-C' }),
    lines: Flags.integer({
      char: 'n',
      min: 0,
      description: `the last so many of each container; ${USUAL_LINES} unless --since is given`,
    }),
    since: Flags.string({ description: 'not those before: 30s, 10m, 2h, 1d or an ISO 8601 time' }),
    grep: Flags.string({ description: 'only those in which this regular expression is found' }),
    level: Flags.option({ options: LEVELS, description: 'not those below this level' })(),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(DockerLogs);
    const since = flags.since === undefined ? undefined : parseSince(flags.since, Date.now());
    const selection: Selection = {
      ...(flags.grep !== undefined && { grep: parseGrep(flags.grep) }),
      ...(flags.level && { level: flags.level }),
    };
    const project = projectName(this.root(), process.env);
    const { docker } = await connectDocker();
    const views = ofServices(await containersOf(docker, project), argv as string[]);
    if (views.length === 0) throw new MsxError('NO_CONTAINERS', { project });
    const print = this.#printer(views.map(nameOf));
    process.stdout.on('error', () => process.exit());
    const tail = flags.lines ?? (since === undefined ? USUAL_LINES : undefined);
    const show = (entry: Entry) => matches(selection, entry) && print(entry);
    if (flags.follow) {
      const signal = interrupted();
      const follow = async (view: (typeof views)[number]) => {
        for await (const entry of followedLogs(docker, view, { tail, since, signal })) show(entry);
      };
      await Promise.all(views.map(follow));
      return;
    }
    const stored = await Promise.all(views.map((view) => storedLogs(docker, view, { tail, since })));
    for (const entry of stored.flat().sort((a, b) => a.time - b.time)) show(entry);
  }

  #printer(names: string[]): (entry: Entry) => void {
    const pretty = new PrettyPrinter(names, coloursOf(process.stdout));
    const raw = ({ lines }: Entry) => lines.map(({ text }) => text).join('\n');
    const format = this.jsonEnabled() ? raw : (entry: Entry) => pretty.format(entry);
    return (entry) => process.stdout.write(format(entry) + '\n');
  }
}
