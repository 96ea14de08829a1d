import { coloursOf } from '../../terminal/screen/colours.js';
import { containerTable } from '../../terminal/reports/container-table.js';
import { DockerCommand } from '../../terminal/base-commands/docker-command.js';
import { serviceNames } from '../../terminal/flags/service-names.js';

export default class DockerPs extends DockerCommand {
  static override summary = 'Show the containers of the system and their status.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> user-service --json',
  ];
  static override args = serviceNames('services whose containers to show (default: all)');

  async run() {
    const { argv } = await this.parse(DockerPs);
    const [{ connectDocker }, { projectName }, { containersOf, ofServices }] = await Promise.all([
      import('../../shipping/docker/running/connect-docker.js'),
      import('../../shipping/docker/running/project-name.js'),
      import('../../shipping/docker/running/containers.js'),
    ]);
    const project = projectName(this.root(), process.env);
    const { docker } = await connectDocker();
    const containers = ofServices(await containersOf(docker, project), argv as string[]);
    this.log(
      containers.length > 0
        ? containerTable(containers, coloursOf(process.stdout))
        : 'nothing is running; msx docker up starts the system',
    );
    return { project, containers };
  }
}
