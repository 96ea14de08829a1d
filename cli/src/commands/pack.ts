import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { resolve } from 'node:path';
import { packService, packServices } from '../shipping/docker/pack-service.js';
import { chooseServices } from '../model/system/choose-services.js';
import { MsxCommand } from '../terminal/base-commands/msx-command.js';
import type { PackedService } from '../shipping/docker/pack-service.js';

export default class Pack extends MsxCommand {
  static override summary = 'Copy a service and everything it loads to a folder, and nothing else.';
  static override description =
    'Images are built from such folders: node can run the service from one without anything else, on the same platform.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> user-service --output /tmp/user-service',
    '<%= config.bin %> <%= command.id %> --output /tmp/services',
  ];
  static override args = {
    service: Args.string({
      description: 'service to pack (default: all, each in its own folder)',
      ignoreStdin: true,
    }),
  };
  static override flags = {
    output: Flags.string({ char: 'o', required: true, helpValue: 'FOLDER', description: 'folder to create' }),
  };

  async run() {
    const { args, flags } = await this.parse(Pack);
    const system = await this.loadSystem();
    const folder = resolve(flags.output);
    if (args.service === undefined)
      return this.#report(await this.during('packing', packServices(system, folder)));
    const [service] = chooseServices(system, [args.service]);
    const [packed] = this.#report([await this.during('packing', packService(system, service!, folder))]);
    return packed;
  }

  #report(packed: PackedService[]): PackedService[] {
    for (const { service, files, folder } of packed)
      this.log(`packed ${service}: ${files} files in ${folder}`);
    return packed;
  }
}
