import * as Flags from '@oclif/core/flags';
import { checkNames, chosenServices } from '../../docker/running/compose-model.js';
import { checkScale, parseScale } from '../../docker/running/scale.js';
import { coloursOf } from '../../ui/colours.js';
import { containerTable } from '../../ui/container-table.js';
import { DockerCommand } from '../../ui/docker-command.js';
import { timeoutFlag } from '../../ui/duration-flag.js';
import { interrupted } from '../../ui/interrupted.js';
import { rowsFor } from '../../ui/rows.js';
import { serviceNames } from '../../ui/service-names.js';

export default class DockerUp extends DockerCommand {
  static override summary = 'Start the system in Docker and wait until every container is healthy.';
  static override description =
    'Builds missing images. Runs the containers of docker-compose.yml and its override files; they keep running after the command ends. Ctrl-C before that stops what the command has started.';
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
    timeout: timeoutFlag('5m', 'how long to wait, not counting builds'),
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
    const signal = interrupted({ ending: () => 'stopping what was started' });
    const built = await this.buildMissing(system, { client, services: chosen, all: flags.build, signal });
    const { upSystem } = await import('../../docker/running/up-system.js');
    const rows = await rowsFor({ silent: this.jsonEnabled() });
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
