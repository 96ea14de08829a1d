import * as Flags from '@oclif/core/flags';
import { confirm } from '../../terminal/questions/confirm.js';
import { DockerCommand } from '../../terminal/base-commands/docker-command.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';

export default class DockerDown extends DockerCommand {
  static override summary = 'Stop and remove the containers of the system and their network.';
  static override description = 'Data is kept, except with --volumes. Safe to run at any time.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --volumes --yes',
  ];
  static override flags = {
    volumes: Flags.boolean({ description: 'also remove the data of Kafka and of all databases' }),
    yes: Flags.boolean({ char: 'y', description: 'do not ask for confirmation' }),
  };

  async run(): Promise<{ removed: string[] }> {
    const { flags } = await this.parse(DockerDown);
    const { client, compose } = await this.connect();
    const confirmed =
      !flags.volumes ||
      flags.yes ||
      (await confirm('removing data', `Remove all data of ${compose.project}?`));
    if (!confirmed) return { removed: [] };
    const { downSystem } = await import('../../shipping/docker/running/down-system.js');
    const options = {
      volumes: flags.volumes,
      signal: interruptSignal({ notice: () => 'stopping; some containers may still be running' }),
    };
    const removed = await this.during('stopping the containers', downSystem(client, compose, options));
    this.log(removed.length > 0 ? `removed ${removed.join(', ')}` : 'nothing was running');
    return { removed };
  }
}
