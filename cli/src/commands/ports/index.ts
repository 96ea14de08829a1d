import { heldPorts } from '../../dev/held-ports.js';
import { coloursOf } from '../../ui/colours.js';
import { portsTable } from '../../ui/dev-table.js';
import { MsxCommand } from '../../ui/msx-command.js';
import type { PortState } from '../../dev/held-ports.js';

export default class Ports extends MsxCommand {
  static override summary = "Show who holds the system's ports.";
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<{ ports: PortState[] }> {
    await this.parse(Ports);
    const ports = await heldPorts(await this.loadSystem());
    this.log(portsTable(ports, coloursOf(process.stdout)));
    return { ports };
  }
}
