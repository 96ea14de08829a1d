import { lintProblems } from '../../contracts/buf.js';
import { MsxError } from '../../errors/msx-error.js';
import { MsxCommand } from '../../ui/msx-command.js';

export default class ProtoLint extends MsxCommand {
  static override summary = 'Check the contracts against the rules of proto/buf.yaml.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  async run() {
    await this.parse(ProtoLint);
    const problems = await this.during('linting the contracts', lintProblems(await this.loadSystem()));
    if (problems.length > 0) throw new MsxError('PROTO_LINT', { problems });
    this.log('the contracts are clean');
    return { problems };
  }
}
