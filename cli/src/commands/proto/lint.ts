import { lintContracts } from '../../code/contracts/lint-contracts.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';

export default class ProtoLint extends MsxCommand {
  static override summary = 'Check the contracts against the rules of proto/buf.yaml.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  async run() {
    await this.parse(ProtoLint);
    const problems = await this.during('linting the contracts', lintContracts(await this.loadSystem()));
    if (problems.length > 0) throw new MsxError('PROTO_LINT', { problems });
    this.log('the contracts are clean');
    return { problems };
  }
}
