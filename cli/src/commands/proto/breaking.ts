import * as Flags from '@oclif/core/flags';
import { breakingChanges } from '../../contracts/breaking-changes.js';
import { MsxError } from '../../errors/msx-error.js';
import { MsxCommand } from '../../ui/msx-command.js';

export default class ProtoBreaking extends MsxCommand {
  static override summary = 'Find contract changes that would break existing clients and consumers.';
  static override description =
    'Compares the contracts of RPCs and events, and the topics in msx.yaml, with those of a branch, tag or commit, by the rules in proto/buf.yaml. Names the services that each change affects.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --against v1.4.0',
    '<%= config.bin %> <%= command.id %> --against HEAD~1 --json',
  ];
  static override flags = {
    against: Flags.string({
      char: 'a',
      helpValue: 'ref',
      description: 'branch, tag or commit to compare with (default: main)',
    }),
  };

  async run() {
    const { flags } = await this.parse(ProtoBreaking);
    const comparing = breakingChanges(await this.loadSystem(), flags.against);
    const { against, changes, affected } = await this.during('comparing the contracts', comparing);
    if (changes.length > 0) throw new MsxError('PROTO_BREAKING', { against: against.ref, changes, affected });
    this.log(`nothing breaks those who know the contracts of ${against.ref}`);
    return { against, changes, affected };
  }
}
