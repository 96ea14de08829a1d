import * as Flags from '@oclif/core/flags';
import { rotateKeys } from '../../secrets/keys/rotate-keys.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';

export default class KeysRotate extends MsxCommand {
  static override summary =
    'Sign tokens with a new key, and keep accepting tokens signed with previous keys.';
  static override description =
    'Running services load the new keys within a second. Access tokens live for minutes, so one previous key is enough; --keep 0 invalidates all existing tokens at once.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --keep 0',
  ];
  static override flags = {
    keep: Flags.integer({
      helpValue: 'COUNT',
      default: 1,
      min: 0,
      max: 10,
      description: 'number of previous keys to keep accepting',
    }),
  };

  async run() {
    const { flags } = await this.parse(KeysRotate);
    const rotation = rotateKeys(this.root(), flags.keep);
    const lines = [
      `${rotation.signs} signs from now on`,
      ...rotation.checks.map((kid) => `${kid} is still accepted`),
      ...rotation.dropped.map((kid) => `${kid} is no longer accepted`),
    ];
    this.log(lines.join('\n'));
    return rotation;
  }
}
