import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { generateRpc } from '../../generate/rpc/generate-rpc.js';
import { inWorkshop } from '../../generate/workshop.js';
import { templateFolder } from '../../installation.js';
import { GeneratingCommand } from '../../ui/generating-command.js';
import { interrupted } from '../../ui/interrupted.js';

export default class GenerateRpc extends GeneratingCommand {
  static override summary = 'Generate an RPC of a service, from the contract to the gateway.';
  static override description =
    'Contract, handler, resolver and tests. When it is told which entity it is about (orderId of an Order) it finds that one; what it does to it is a file of its own to write. Files that have been edited are added to, not rewritten; where there is no safe place it says what to add where. Only admins may call it, unless --public.';
  static override examples = [
    "<%= config.bin %> <%= command.id %> order.ShipOrder --input 'orderId:id,carrier:string!' --output Order",
    "<%= config.bin %> <%= command.id %> inventory.CountLow --input 'below:int!' --query --public --dry-run",
  ];
  static override args = {
    target: Args.string({ description: 'SERVICE.Method', required: true, ignoreStdin: true }),
  };
  static override flags = {
    input: Flags.string({
      default: '',
      description:
        'name:type, with commas between: string, int, float, bool, datetime or id; ! for what must be given',
    }),
    output: Flags.string({ helpValue: 'MESSAGE', description: 'what it answers; nothing unless given' }),
    query: Flags.boolean({ description: 'it changes nothing: a query of the gateway instead of a mutation' }),
    public: Flags.boolean({ description: 'everyone may call it' }),
    'dry-run': Flags.boolean({ description: 'write nothing, and show what would change' }),
  };

  async run() {
    const { args, flags } = await this.parse(GenerateRpc);
    const { 'dry-run': dryRun, input, output, query } = flags;
    const wish = { target: args.target, input, output, query, public: flags.public };
    const options = { root: this.root(), templates: templateFolder(), interrupted: interrupted() };
    const work = inWorkshop(options, (workshop) => generateRpc(workshop, wish, { dryRun }));
    const { diff, ...report } = await this.during(`adding ${args.target}`, work);
    this.tell({ ...report, diff }, { dryRun });
    return dryRun ? { ...report, diff } : report;
  }
}
