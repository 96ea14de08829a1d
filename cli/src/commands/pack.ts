import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { resolve } from 'node:path';
import { packService } from '../docker/pack-service.js';
import { chooseServices } from '../system/choose-services.js';
import { MsxCommand } from '../ui/msx-command.js';

export default class Pack extends MsxCommand {
  static override summary = 'Copy a service and all that it loads to a folder, and nothing else.';
  static override description =
    'Images are made of such folders: node needs nothing more to run the service there, on a machine of this kind.';
  static override examples = ['<%= config.bin %> <%= command.id %> user-service --output /tmp/user-service'];
  static override args = {
    service: Args.string({ description: 'which to pack', required: true, ignoreStdin: true }),
  };
  static override flags = {
    output: Flags.string({ char: 'o', required: true, summary: 'the folder to make' }),
  };

  async run() {
    const { args, flags } = await this.parse(Pack);
    const system = await this.loadSystem();
    const [service] = chooseServices(system, [args.service]);
    const packed = await packService(system, service!, resolve(flags.output));
    this.log(`packed ${packed.service}: ${packed.files} files in ${packed.folder}`);
    return packed;
  }
}
