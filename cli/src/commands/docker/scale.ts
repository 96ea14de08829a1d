import * as Args from '@oclif/core/args';
import { containersOf } from '../../shipping/docker/running/containers.js';
import { checkNames } from '../../shipping/docker/running/compose-model.js';
import { checkScale, parseScale } from '../../shipping/docker/running/scale.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { containerTable } from '../../terminal/reports/container-table.js';
import { DockerCommand } from '../../terminal/base-commands/docker-command.js';
import { timeoutFlag } from '../../terminal/flags/duration-flag.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { progressView } from '../../terminal/progress/progress-view.js';

export default class DockerScale extends DockerCommand {
  static override summary = 'Change the number of containers of services that run in Docker.';
  static override description =
    'Other services are not affected. Callers discover new containers by themselves.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> user-service=3',
    '<%= config.bin %> <%= command.id %> user-service=3 product-service=2',
  ];
  static override args = {
    scale: Args.string({
      description: 'service and number of containers, as SERVICE=NUMBER',
      multiple: true,
      required: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    timeout: timeoutFlag('2m'),
  };

  async run() {
    const { argv, flags } = await this.parse(DockerScale);
    const scale = parseScale(argv as string[]);
    const names = Object.keys(scale);
    const { client, compose } = await this.connect();
    const services = await compose.services();
    checkNames(services, names);
    checkScale(scale, services);
    const { project } = compose;
    if ((await containersOf(client.docker, project)).length === 0)
      throw new MsxError('NO_CONTAINERS', { project });
    const { upSystem } = await import('../../shipping/docker/running/up-system.js');
    const signal = interruptSignal({ notice: () => 'stopping the containers that were started' });
    const rows = await progressView({ silent: this.jsonEnabled() });
    const containers = await upSystem({
      ...{ client, compose, services, scale, signal, names, profiles: [], withoutDependencies: true },
      timeoutMs: flags.timeout,
      show: (readiness) => {
        for (const [name, { state, text }] of readiness) rows.show(name, state, text);
      },
    }).finally(rows.end);
    const own = containers.filter(({ service }) => names.includes(service));
    this.log(containerTable(own, coloursOf(process.stdout)));
    return { project, containers: own };
  }
}
