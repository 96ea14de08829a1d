import { coloursOf } from '../../ui/colours.js';
import { containerTable } from '../../ui/container-table.js';
import { DockerCommand } from '../../ui/docker-command.js';
import { serviceNames } from '../../ui/service-names.js';

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
      import('../../docker/running/connect-docker.js'),
      import('../../docker/running/project-name.js'),
      import('../../docker/running/containers.js'),
    ]);
    const project = projectName(this.root(), process.env);
    const { docker } = await connectDocker();
    const containers = ofServices(await containersOf(docker, project), argv as string[]);
    this.log(
      containers.length > 0
        ? containerTable(containers, coloursOf(process.stdout))
        : 'nothing runs; msx docker up starts it',
    );
    return { project, containers };
  }
}
