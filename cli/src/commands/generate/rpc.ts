import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { generateRpc } from '../../code/generate/rpc/generate-rpc.js';
import { withGeneratorContext } from '../../code/generate/generator-context.js';
import { templateFolder } from '../../installation.js';
import { GeneratingCommand } from '../../terminal/base-commands/generating-command.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';

export default class GenerateRpc extends GeneratingCommand {
  static override summary = 'Generate an RPC of a service, from the contract to the gateway.';
  static override description =
    'Generates the contract, handler, resolver and tests. If the input names an entity (orderId of an Order), the handler loads it; what it does with the entity is yours to write, in a file of its own. Edited files are extended, not rewritten; where msx finds no safe place, it tells you what to add and where. Only admins can call the RPC, except with --public.';
  static override examples = [
    "<%= config.bin %> <%= command.id %> order.ShipOrder --input 'orderId:id,carrier:string!' --output Order",
    "<%= config.bin %> <%= command.id %> inventory.CountLow --input 'below:int!' --query --public --dry-run",
  ];
  static override args = {
    target: Args.string({
      description: 'service and method, as SERVICE.Method',
      required: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    input: Flags.string({
      helpValue: 'FIELDS',
      default: '',
      description:
        'input fields as name:type, separated by commas; types: string, int, float, bool, datetime, id; ! marks a required field',
    }),
    output: Flags.string({
      helpValue: 'MESSAGE',
      description: 'response message (default: an empty message)',
    }),
    query: Flags.boolean({ description: 'expose the RPC as a query of the gateway instead of a mutation' }),
    public: Flags.boolean({ description: 'allow everyone to call the RPC' }),
    'dry-run': Flags.boolean({ description: 'write nothing; show what would change' }),
  };

  async run() {
    const { args, flags } = await this.parse(GenerateRpc);
    const { 'dry-run': dryRun, input, output, query } = flags;
    const request = { target: args.target, input, output, query, public: flags.public };
    const options = { root: this.root(), templates: templateFolder(), interrupted: interruptSignal() };
    const work = withGeneratorContext(options, (context) => generateRpc(context, request, { dryRun }));
    const { diff, ...report } = await this.during(`adding ${args.target}`, work);
    this.report({ ...report, diff }, { dryRun });
    return dryRun ? { ...report, diff } : report;
  }
}
