import * as Flags from '@oclif/core/flags';
import { breakingChanges } from '../../contracts/breaking-changes.js';
import { MsxError } from '../../errors/msx-error.js';
import { MsxCommand } from '../../ui/msx-command.js';

export default class ProtoBreaking extends MsxCommand {
  static override summary = 'Find changes of the contracts that break those who know them as they were.';
  static override description =
    'Compares the contracts in this folder, RPCs and events alike, with those of a branch, a tag or a commit, by the rules of proto/buf.yaml, and the topics of msx.yaml with those of then. Names the services that each change affects.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --against v1.4.0',
    '<%= config.bin %> <%= command.id %> --against HEAD~1 --json',
  ];
  static override flags = {
    against: Flags.string({
      char: 'a',
      helpValue: 'ref',
      description: 'the branch, tag or commit to compare with; main unless given',
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
