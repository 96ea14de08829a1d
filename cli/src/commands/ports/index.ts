import { heldPorts } from '../../running/dev/held-ports.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { portsTable } from '../../terminal/reports/ports-table.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import type { PortState } from '../../running/dev/held-ports.js';

export default class Ports extends MsxCommand {
  static override summary = "Show which processes hold the system's ports.";
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<{ ports: PortState[] }> {
    await this.parse(Ports);
    const ports = await heldPorts(await this.loadRunningSystem());
    this.log(portsTable(ports, coloursOf(process.stdout)));
    return { ports };
  }
}
