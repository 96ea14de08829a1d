import { unformattedContracts, writeFormatted } from '../../contracts/format-contracts.js';
import { MsxError } from '../../errors/msx-error.js';
import { checkFlag } from '../../ui/check-flag.js';
import { MsxCommand } from '../../ui/msx-command.js';

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
      files.length > 0 ? files.map((file) => `wrote ${file}`).join('\n') : 'the contracts are laid out well',
    );
    return { written: files };
  }
}
