import * as Flags from '@oclif/core/flags';
import { followedLogs, nameOf, storedLogs } from '../../shipping/docker/running/container-logs.js';
import { connectDocker } from '../../shipping/docker/running/connect-docker.js';
import { containersOf, ofServices } from '../../shipping/docker/running/containers.js';
import { projectName } from '../../shipping/docker/running/project-name.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { matches } from '../../inspection/logs/selection.js';
import { DockerCommand } from '../../terminal/base-commands/docker-command.js';
import { DEFAULT_LINES, logFlags, selectionOf } from '../../terminal/logs/log-flags.js';
import { entryPrinter, followingInterrupted } from '../../terminal/logs/log-printer.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import type { Entry } from '../../inspection/logs/entries.js';

export default class DockerLogs extends DockerCommand {
  static override summary = 'Show the logs of the containers, merged by time.';
  static override description = 'The layout, the filters and --json are the same as for msx logs.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> -f',
    '<%= config.bin %> <%= command.id %> order-service --since 10m --level warn',
    '<%= config.bin %> <%= command.id %> kafka -n 20',
  ];
  static override args = serviceNames('services whose logs to show (default: all)');
  static override flags = {
    ...logFlags,
    lines: Flags.integer({
      char: 'n',
      min: 0,
      helpValue: 'COUNT',
      description: `number of most recent lines to read from each container (default: ${DEFAULT_LINES}, or all with a filter)`,
    }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(DockerLogs);
    const { since, ...selection } = selectionOf(flags);
    const project = projectName(this.root(), process.env);
    const { docker } = await connectDocker();
    const views = ofServices(await containersOf(docker, project), argv as string[]);
    if (views.length === 0) throw new MsxError('NO_CONTAINERS', { project });
    const print = entryPrinter({ services: views.map(nameOf), json: this.jsonEnabled(), wide: flags.wide });
    const filtered = since !== undefined || Object.keys(selection).length > 0;
    const tail = flags.lines ?? (filtered ? undefined : DEFAULT_LINES);
    const show = (entry: Entry) => matches(selection, entry) && print(entry);
    if (flags.follow) {
      const signal = followingInterrupted();
      const follow = async (view: (typeof views)[number]) => {
        for await (const entry of followedLogs(docker, view, { tail, since, signal })) show(entry);
      };
      await Promise.all(views.map(follow));
      return;
    }
    const stored = await Promise.all(views.map((view) => storedLogs(docker, view, { tail, since })));
    for (const entry of stored.flat().sort((a, b) => a.time - b.time)) show(entry);
  }
}
