import * as Flags from '@oclif/core/flags';
import { checkNames, chosenServices } from '../../shipping/docker/running/compose-model.js';
import { checkScale, parseScale } from '../../shipping/docker/running/scale.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { containerTable } from '../../terminal/reports/container-table.js';
import { DockerCommand } from '../../terminal/base-commands/docker-command.js';
import { timeoutFlag } from '../../terminal/flags/duration-flag.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { progressView } from '../../terminal/progress/progress-view.js';
import { serviceNames } from '../../terminal/flags/service-names.js';

export default class DockerUp extends DockerCommand {
  static override summary = 'Start the system in Docker and wait until every container is healthy.';
  static override description =
    'Builds missing images. Runs the containers of docker-compose.yml and its override files; they keep running after the command ends. Ctrl-C before that stops the containers that the command has started.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --build --scale user-service=3 --scale product-service=2',
    '<%= config.bin %> <%= command.id %> kafka zookeeper',
    '<%= config.bin %> <%= command.id %> --profile redis',
  ];
  static override args = serviceNames('services to start, with their dependencies (default: all)');
  static override flags = {
    build: Flags.boolean({ description: 'build all images, not only missing ones' }),
    scale: Flags.string({
      multipleNonGreedy: true,
      multiple: true,
      helpValue: 'SERVICE=NUMBER',
      description: 'number of containers of a service (default: 1)',
    }),
    profile: Flags.string({
      multipleNonGreedy: true,
      multiple: true,
      helpValue: 'NAME',
      description: 'also start the services of this compose profile',
    }),
    timeout: timeoutFlag('5m', 'how long to wait, not including builds'),
  };

  async run() {
    const { argv, flags } = await this.parse(DockerUp);
    const scale = parseScale(flags.scale ?? []);
    const choice = { names: [...new Set(argv as string[])], profiles: flags.profile ?? [] };
    const system = await this.renderedSystem();
    const { client, compose } = await this.connect();
    const services = await compose.services();
    const chosen = chosenServices(services, choice);
    checkNames(services, Object.keys(scale));
    checkScale(scale, chosen);
    const signal = interruptSignal({ notice: () => 'stopping the containers that were started' });
    const built = await this.buildMissing(system, { client, services: chosen, all: flags.build, signal });
    const { upSystem } = await import('../../shipping/docker/running/up-system.js');
    const rows = await progressView({ silent: this.jsonEnabled() });
    const containers = await upSystem({
      ...{ client, compose, services, scale, signal, ...choice },
      timeoutMs: flags.timeout,
      show: (readiness) => {
        for (const [name, { state, text }] of readiness) rows.show(name, state, text);
      },
    }).finally(rows.end);
    this.log(containerTable(containers, coloursOf(process.stdout)));
    return { project: compose.project, built, containers };
  }
}
