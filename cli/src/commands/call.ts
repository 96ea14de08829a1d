import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { callMethod } from '../inspection/calls/call-method.js';
import { contractOf, methodOf, signatureOf } from '../inspection/calls/methods.js';
import { generateStubs } from '../code/contracts/generate-stubs.js';
import { chooseServices } from '../model/system/choose-services.js';
import { coloursOf } from '../terminal/screen/colours.js';
import { timeoutFlag } from '../terminal/flags/duration-flag.js';
import { objectInput, textInput } from '../terminal/process/text-input.js';
import { interruptSignal } from '../terminal/process/interrupt-signal.js';
import { MsxCommand } from '../terminal/base-commands/msx-command.js';
import { table } from '../terminal/screen/table.js';
import { addressFlag, tokenFlag } from '../terminal/flags/checked-flags.js';
import type { Contract } from '../inspection/calls/methods.js';
import type { JsonValue } from '@bufbuild/protobuf';
import type { System } from '../model/system/system.js';

export default class Call extends MsxCommand {
  static override summary = 'Call a method of a running service over gRPC, with a request in JSON.';
  static override description =
    'Without a method, lists the methods. Uses TLS if the service does, with the certificates from msx certs dev, or with the files in TLS_CERT, TLS_KEY and TLS_CA.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> user-service',
    `<%= config.bin %> <%= command.id %> user-service ListUsers '{"page": 1, "limit": 10}'`,
    `<%= config.bin %> <%= command.id %> product-service getProduct '{"id": "42"}' --token "$TOKEN" --json`,
    '<%= config.bin %> <%= command.id %> order-service CreateOrder --file order.json',
  ];
  static override args = {
    service: Args.string({
      description: 'service to call (default: list the methods of all services)',
      ignoreStdin: true,
    }),
    method: Args.string({
      description: 'method name, with or without the name of the gRPC service',
      ignoreStdin: true,
    }),
    request: Args.string({
      description: 'request as JSON, @FILE, or - for standard input',
      ignoreStdin: true,
    }),
  };
  static override flags = {
    file: Flags.string({ char: 'f', helpValue: 'FILE', description: 'file that contains the request' }),
    token: tokenFlag({
      helpValue: 'TOKEN',
      env: 'MSX_TOKEN',
      noCacheDefault: true,
      description: 'access token to send',
    }),
    address: addressFlag({ description: 'address of the service (default: its port)' }),
    timeout: timeoutFlag('10s'),
  };

  async run() {
    const { args, flags } = await this.parse(Call);
    const system = await this.loadRunningSystem();
    if (args.service === undefined || args.method === undefined) return this.#list(system, args.service);
    const [service] = chooseServices(system, [args.service]);
    await generateStubs(system, [service!]);
    const contract = contractOf(service!);
    const method = methodOf(contract, args.method);
    const request = objectInput(await requestText(args.request, flags.file), 'the request');
    const { token, address, timeout } = flags;
    const options = { token, address, timeoutMs: timeout, signal: interruptSignal() };
    const answers: JsonValue[] = [];
    for await (const answer of callMethod({ system, contract, method }, request as JsonValue, options)) {
      this.logData(JSON.stringify(answer, null, 2));
      if (this.jsonEnabled()) answers.push(answer);
    }
    return method.methodKind === 'unary' ? answers[0] : answers;
  }

  async #list(system: System, name?: string) {
    const services = chooseServices(system, name === undefined ? [] : [name]);
    const serving = name === undefined ? services.filter(({ proto }) => proto.length > 0) : services;
    await generateStubs(system, serving);
    const methods = serving.map(contractOf).flatMap(describe);
    const rows = methods.map(({ service, method, request }) => [service, method, request]);
    this.log(table(['SERVICE', 'METHOD', 'REQUEST'], rows, coloursOf(process.stdout)));
    return { methods };
  }
}

const describe = ({ service, methods }: Contract) =>
  methods.map((method) => ({
    service: service.name,
    method: method.name,
    path: `/${method.parent.typeName}/${method.name}`,
    request: signatureOf(method.input),
    response: signatureOf(method.output),
  }));

async function requestText(argument: string | undefined, file: string | undefined): Promise<string> {
  if (argument === '-') return textInput({ what: 'the request' });
  if (argument === undefined && file === undefined) return '{}';
  return textInput({ what: 'the request', argument, file });
}
