import * as Flags from '@oclif/core/flags';
import { breakingChanges } from '../../code/contracts/breaking-changes.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { allowMissing } from '../../terminal/flags/allow-missing.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';

export default class ProtoBreaking extends MsxCommand {
  static override summary = 'Find contract changes that would break existing clients and consumers.';
  static override description =
    'Compares the contracts of RPCs and events, and the topics in msx.yaml, with those of a branch, tag or commit, by the rules in proto/buf.yaml. Lists the services that each change affects.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --against v1.4.0',
    '<%= config.bin %> <%= command.id %> --against HEAD~1 --json',
  ];
  static override flags = {
    against: Flags.string({
      char: 'a',
      helpValue: 'REF',
      description: 'branch, tag or commit to compare with (default: main)',
    }),
    'allow-missing': allowMissing,
  };

  async run() {
    const { flags } = await this.parse(ProtoBreaking);
    const options = { ref: flags.against, allowMissing: flags['allow-missing'] };
    const comparing = breakingChanges(await this.loadSystem(), options);
    const { against, missing, changes, affected } = await this.during('comparing the contracts', comparing);
    if (changes.length > 0) throw new MsxError('PROTO_BREAKING', { against: against.ref, changes, affected });
    this.log(missing ? `nothing was compared: ${missing}` : `no breaking changes since ${against.ref}`);
    return { against, missing, changes, affected };
  }
}
