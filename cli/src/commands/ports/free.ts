import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { freePorts } from '../../running/dev/free-ports.js';
import { heldPorts } from '../../running/dev/held-ports.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { confirm } from '../../terminal/questions/confirm.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import type { PortState } from '../../running/dev/held-ports.js';

export default class PortsFree extends MsxCommand {
  static override summary = "Free the system's ports.";
  static override description =
    'Terminates processes left behind by an earlier run, and stops services whose port is passed as an argument. Foreign processes are terminated only after confirmation.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> 3000 50051 --force',
  ];
  static override args = {
    port: Args.integer({
      description: 'ports to free (default: all except those of the running system)',
      multiple: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    force: Flags.boolean({ char: 'f', description: 'terminate foreign processes without confirmation' }),
  };

  async run(): Promise<{ freed: number[] }> {
    const { args, flags } = await this.parse(PortsFree);
    const system = await this.loadRunningSystem();
    const ports = await heldPorts(system);
    const chosen = choose(ports, args.port ?? []);
    const mayEnd = flags.force ? async () => true : confirmTermination;
    const { freed, kept } = await freePorts(system.root, chosen, mayEnd);
    if (freed.length > 0) this.log(`freed ${freed.join(', ')}`);
    if (kept.length > 0) throw new MsxError('PORTS_KEPT', { ports: kept });
    if (freed.length === 0) this.log('nothing to free');
    return { freed };
  }
}

function choose(ports: PortState[], requested: number[]): PortState[] {
  if (requested.length === 0) return ports.filter(({ heldBy }) => heldBy !== 'nobody' && heldBy !== 'run');
  return requested.flatMap((port) => {
    const found = ports.filter((each) => each.port === port);
    if (found.length === 0)
      throw new MsxError('USAGE', {
        reason: `port ${port} is not a port of this system`,
        command: 'ports free',
      });
    return found;
  });
}

const confirmTermination = ({ port, wantedBy, holder }: PortState) =>
  confirm(
    `terminating ${holder?.command ?? 'a process'} (pid ${holder?.pid}), which holds port ${port},`,
    `Port ${port} of ${wantedBy} is held by ${holder?.command} (pid ${holder?.pid}). Terminate it?`,
    '--force',
  );
