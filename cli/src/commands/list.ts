import { listedSystems } from '../running/dev/listed-systems.js';
import { coloursOf } from '../terminal/screen/colours.js';
import { systemsTable } from '../terminal/reports/systems-table.js';
import { MsxCommand } from '../terminal/base-commands/msx-command.js';
import type { ListedSystem } from '../running/dev/listed-systems.js';

export default class List extends MsxCommand {
  static override summary = 'Show the systems that are running on this machine, and where.';
  static override description =
    'Lists the systems that you have started with msx dev start, in all folders, and the ports and memory that they use. ' +
    'STATE is isolated for a system on ports of its own, silent if its engine does not answer, and left behind if its engine ' +
    'was killed but services are still running: msx dev stop in that folder stops both. Systems of other users are not shown.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<{ systems: ListedSystem[] }> {
    await this.parse(List);
    const systems = await this.during('querying the engines', listedSystems());
    this.log(
      systems.length > 0
        ? systemsTable(systems, coloursOf(process.stdout))
        : 'no system of this user is running',
    );
    return { systems };
  }
}
