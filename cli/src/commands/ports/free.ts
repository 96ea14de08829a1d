import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { freePorts } from '../../dev/free-ports.js';
import { heldPorts } from '../../dev/held-ports.js';
import { MsxError } from '../../errors/msx-error.js';
import { confirm } from '../../ui/confirm.js';
import { freedText } from '../../ui/freed-text.js';
import { MsxCommand } from '../../ui/msx-command.js';
import type { PortState } from '../../dev/held-ports.js';

export default class PortsFree extends MsxCommand {
  static override summary = "Free the system's ports.";
  static override description =
    'Terminates processes left behind by an earlier run, and stops services whose port you name. Foreign processes are terminated only after confirmation.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> 3000 50051 --force',
  ];
  static override args = {
    port: Args.integer({
      description: 'ports to free (default: all that the running system does not hold)',
      multiple: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    force: Flags.boolean({ char: 'f', description: 'terminate foreign processes without confirmation' }),
  };

  async run(): Promise<{ freed: number[] }> {
    const { args, flags } = await this.parse(PortsFree);
    const system = await this.loadSystem();
    const ports = await heldPorts(system);
    const chosen = choose(ports, args.port ?? []);
    const mayEnd = flags.force ? async () => true : asking;
    const freed = await freePorts(system.root, chosen, mayEnd);
    this.log(freedText(chosen, freed));
    return { freed };
  }
}

function choose(ports: PortState[], named: number[]): PortState[] {
  if (named.length === 0)
    return ports.filter(({ heldBy }) => heldBy === 'left behind' || heldBy === 'stranger');
  return named.map((port) => {
    const known = ports.find((each) => each.port === port);
    if (!known)
      throw new MsxError('USAGE', {
        reason: `port ${port} is not a port of this system`,
        command: 'ports free',
      });
    return known;
  });
}

const asking = ({ port, wantedBy, holder }: PortState) =>
  confirm(
    `ending ${holder?.command ?? 'a process'} (pid ${holder?.pid}), which holds port ${port},`,
    `Port ${port} of ${wantedBy} is held by ${holder?.command} (pid ${holder?.pid}). End it?`,
  );
