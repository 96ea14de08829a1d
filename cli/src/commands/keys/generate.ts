import * as Flags from '@oclif/core/flags';
import { generateKeys } from '../../secrets/keys/rotate-keys.js';
import { keyFilesOf } from '../../model/system/key-files.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';

export default class KeysGenerate extends MsxCommand {
  static override summary = 'Create the key that tokens are signed with on this machine.';
  static override description = 'msx dev start does this if there is none.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --force',
  ];
  static override flags = {
    force: Flags.boolean({ description: 'replace existing keys: everyone has to sign in again' }),
  };

  async run() {
    const { flags } = await this.parse(KeysGenerate);
    const root = this.root();
    const { signs } = generateKeys(root, flags.force);
    const files = keyFilesOf(root);
    this.log(`${signs} signs from now on\nprivate: ${files.private}\npublic:  ${files.public}`);
    return { signs, files };
  }
}
