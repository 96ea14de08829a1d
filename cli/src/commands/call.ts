import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { callMethod } from '../calls/call-method.js';
import { contractOf, methodOf, signatureOf } from '../calls/methods.js';
import { generateStubs } from '../contracts/generate-stubs.js';
import { chooseServices } from '../system/choose-services.js';
import { coloursOf } from '../ui/colours.js';
import { timeoutFlag } from '../ui/duration-flag.js';
import { givenObject, givenText } from '../ui/given-text.js';
import { interrupted } from '../ui/interrupted.js';
import { MsxCommand } from '../ui/msx-command.js';
import { table } from '../ui/table.js';
import { addressFlag, tokenFlag } from '../ui/checked-flags.js';
import type { Contract } from '../calls/methods.js';
import type { JsonValue } from '@bufbuild/protobuf';
import type { System } from '../system/system.js';

export default class Call extends MsxCommand {
  static override summary = 'Call a method of a running service over gRPC, with a request in JSON.';
  static override description =
    'Without a method, lists the methods. Uses TLS if the service does, with the certificates from msx certs dev, or with the files that TLS_CERT, TLS_KEY and TLS_CA name.';
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
    file: Flags.string({ char: 'f', helpValue: 'FILE', description: 'file that holds the request' }),
    token: tokenFlag({ env: 'MSX_TOKEN', noCacheDefault: true, description: 'access token to send' }),
    address: addressFlag({ description: 'address of the service (default: its port in msx.yaml)' }),
    timeout: timeoutFlag('10s'),
  };

  async run() {
    const { args, flags } = await this.parse(Call);
    const system = await this.loadSystem();
    if (args.service === undefined || args.method === undefined) return this.#list(system, args.service);
    const [service] = chooseServices(system, [args.service]);
    await generateStubs(system, [service!]);
    const contract = contractOf(service!);
    const method = methodOf(contract, args.method);
    const request = givenObject(await requestText(args.request, flags.file), 'the request');
    const { token, address, timeout } = flags;
    const options = { token, address, timeoutMs: timeout, signal: interrupted() };
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
  if (argument === '-') return givenText({ what: 'the request' });
  if (argument === undefined && file === undefined) return '{}';
  return givenText({ what: 'the request', argument, file });
}
