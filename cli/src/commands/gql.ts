import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { queryGateway, throwOnErrors } from '../inspection/graphql/query-gateway.js';
import { gatewayUrl } from '../inspection/graphql/choose-gateway.js';
import { parseHeaders } from '../inspection/graphql/parse-headers.js';
import { signIn } from '../inspection/graphql/sign-in.js';
import { subscribes } from '../inspection/graphql/subscribes.js';
import { askSecret } from '../terminal/questions/ask.js';
import { objectInput, textInput } from '../terminal/process/text-input.js';
import { readerGone } from '../terminal/process/guard-output.js';
import { interruptSignal } from '../terminal/process/interrupt-signal.js';
import { MsxCommand } from '../terminal/base-commands/msx-command.js';
import { tokenFlag, urlFlag } from '../terminal/flags/checked-flags.js';
import type { GatewayRequestOptions, GraphqlRequest } from '../inspection/graphql/query-gateway.js';

export default class Gql extends MsxCommand {
  static override summary = 'Send a GraphQL operation to the running gateway and print the response.';
  static override description =
    'Exits with 1 when the response has errors; partial data is still printed. The events of a subscription are printed as they arrive, one per line with --json, until Ctrl-C. To send the operation as a user, pass --token or set MSX_TOKEN, or sign in for this one request with --email; the password is asked for, or read from MSX_PASSWORD.';
  static override examples = [
    `<%= config.bin %> <%= command.id %> '{ users(page: 1, limit: 10) { id name } }'`,
    `<%= config.bin %> <%= command.id %> 'query ($id: ID!) { user(id: $id) { name } }' --variables '{"id": "42"}'`,
    `<%= config.bin %> <%= command.id %> --email admin@example.com '{ me { id roles } }'`,
    `<%= config.bin %> <%= command.id %> --file order.graphql --variables @order.json --json`,
    `<%= config.bin %> <%= command.id %> 'subscription { orderStatusChanged { orderId status } }' --events 3`,
    `echo '{ usersCount }' | <%= config.bin %> <%= command.id %>`,
  ];
  static override args = {
    query: Args.string({
      description: 'GraphQL operation (default: read from --file or standard input)',
      ignoreStdin: true,
    }),
  };
  static override flags = {
    file: Flags.string({ char: 'f', helpValue: 'FILE', description: 'file that contains the operation' }),
    variables: Flags.string({ char: 'v', helpValue: 'JSON', description: 'variables as JSON, or @FILE' }),
    operation: Flags.string({
      helpValue: 'NAME',
      description: 'operation to run if the document has several',
    }),
    token: tokenFlag({
      helpValue: 'TOKEN',
      env: 'MSX_TOKEN',
      noCacheDefault: true,
      description: 'access token to send',
    }),
    email: Flags.string({
      helpValue: 'ADDRESS',
      description: 'e-mail address to sign in with; takes precedence over a token',
    }),
    header: Flags.string({
      char: 'H',
      multiple: true,
      helpValue: "'NAME: VALUE'",
      description: 'header to send, such as Idempotency-Key; can be repeated',
    }),
    events: Flags.integer({
      min: 1,
      helpValue: 'COUNT',
      description: 'number of subscription events after which to exit',
    }),
    service: Flags.string({ helpValue: 'SERVICE', description: 'gateway to use (default: the only one)' }),
    url: urlFlag({
      exclusive: ['service'],
      description: 'GraphQL server (default: the gateway of this system)',
    }),
  };

  async run() {
    const { args, flags } = await this.parse(Gql);
    const query = await textInput({ what: 'the query', argument: args.query, file: flags.file });
    const variables = flags.variables === undefined ? undefined : objectInput(flags.variables, '--variables');
    const url = flags.url ?? gatewayUrl(await this.loadRunningSystem(), flags.service);
    const asking = { url, headers: parseHeaders(flags.header ?? []), signal: interruptSignal() };
    const identity = await this.#identify(flags, asking);
    const headers = {
      ...asking.headers,
      ...(identity.token && { authorization: `Bearer ${identity.token}` }),
    };
    try {
      const request = { query, variables, operationName: flags.operation };
      if (await subscribes(request)) return await this.#follow(request, { ...asking, headers }, flags.events);
      const answer = await queryGateway(request, { ...asking, headers });
      if (answer.data) this.logData(JSON.stringify(answer.data, null, 2));
      throwOnErrors(answer);
      return answer;
    } finally {
      await identity.signOut?.();
    }
  }

  async #follow(request: GraphqlRequest, asking: GatewayRequestOptions, events = Infinity): Promise<void> {
    const { followSubscription } = await import('../inspection/graphql/follow-subscription.js');
    let left = events;
    const signal = AbortSignal.any([asking.signal!, readerGone()]);
    for await (const answer of followSubscription(request, { ...asking, signal })) {
      const shown = this.jsonEnabled() ? JSON.stringify(answer) : JSON.stringify(answer.data, null, 2);
      process.stdout.write(`${shown}\n`);
      throwOnErrors(answer);
      if (--left === 0) return;
    }
  }

  async #identify({ token, email }: { token?: string; email?: string }, asking: GatewayRequestOptions) {
    if (email === undefined) return { token };
    const password = process.env['MSX_PASSWORD'] ?? (await askSecret('Password: ', 'MSX_PASSWORD'));
    const { accessToken, signOut } = await signIn({ email, password }, asking);
    return { token: accessToken, signOut };
  }
}
