import * as Flags from '@oclif/core/flags';
import { chooseServices } from '../../model/system/choose-services.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { DockerCommand } from '../../terminal/base-commands/docker-command.js';
import { imageTable } from '../../terminal/reports/container-table.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { progressView } from '../../terminal/progress/progress-view.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import { imageTagFlag } from '../../terminal/flags/checked-flags.js';

export default class DockerBuild extends DockerCommand {
  static override summary = 'Build the images of the services.';
  static override description =
    'Layers that all images share are built once. Uses the default builder of the engine; DOCKER_BUILDKIT=1 or 0 overrides it.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service --tag 1.4.0',
    '<%= config.bin %> <%= command.id %> --no-cache --json',
  ];
  static override args = serviceNames('services whose images to build (default: all)');
  static override flags = {
    tag: imageTagFlag({
      char: 't',
      env: 'TAG',
      default: 'latest',
      helpValue: 'TAG',
      description: 'image tag',
    }),
    'no-cache': Flags.boolean({ description: 'do not use the cache' }),
  };

  async run() {
    const { argv, flags } = await this.parse(DockerBuild);
    const system = await this.renderedSystem();
    const services = chooseServices(system, argv as string[]);
    const [{ connectDocker }, { buildImages }] = await Promise.all([
      import('../../shipping/docker/running/connect-docker.js'),
      import('../../shipping/docker/images/build-images.js'),
    ]);
    const client = await connectDocker();
    const signal = interruptSignal({ notice: () => 'stopping the builds' });
    const rows = await progressView({ silent: this.jsonEnabled() });
    const options = { client, tag: flags.tag, noCache: flags['no-cache'], signal, show: rows.show };
    const images = await buildImages(system, services, options).finally(rows.end);
    this.log(imageTable(images, coloursOf(process.stdout)));
    return { images };
  }
}
