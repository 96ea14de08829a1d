import { unformattedContracts, writeFormatted } from '../../code/contracts/format-contracts.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { checkFlag } from '../../terminal/flags/check-flag.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';

export default class ProtoFormat extends MsxCommand {
  static override summary = 'Format the contracts with buf.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --check',
  ];
  static override flags = checkFlag;

  async run() {
    const { flags } = await this.parse(ProtoFormat);
    const system = await this.loadSystem();
    const unformatted = await this.during('reading the contracts', unformattedContracts(system));
    const files = unformatted.map(({ file }) => file);
    if (flags.check && files.length > 0) throw new MsxError('PROTO_UNFORMATTED', { files });
    writeFormatted(system, unformatted);
    this.log(
      files.length > 0 ? files.map((file) => `wrote ${file}`).join('\n') : 'the contracts are formatted',
    );
    return { written: files };
  }
}
