import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { MsxError } from '../errors/msx-error.js';
import { askGateway, demandNoErrors } from '../graphql/ask-gateway.js';
import { chooseGateway } from '../graphql/choose-gateway.js';
import { signIn } from '../graphql/sign-in.js';
import { askSecret } from '../ui/ask.js';
import { givenObject, givenText } from '../ui/given-text.js';
import { interrupted } from '../ui/interrupted.js';
import { MsxCommand } from '../ui/msx-command.js';
import { tokenFlag, urlFlag } from '../ui/checked-flags.js';
import type { Asking, GraphqlRequest } from '../graphql/ask-gateway.js';

export default class Gql extends MsxCommand {
  static override summary = 'Send a GraphQL operation to the running gateway and print the response.';
  static override description =
    'Exits with 1 when the response has errors; partial data is still printed. The events of a subscription are printed as they arrive, one per line with --json, until Ctrl-C. To send it as a user, pass --token or set MSX_TOKEN, or sign in for this one request with --email; the password is asked for, or read from MSX_PASSWORD.';
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
    file: Flags.string({ char: 'f', helpValue: 'FILE', description: 'file that holds the operation' }),
    variables: Flags.string({ char: 'v', helpValue: 'JSON', description: 'variables as JSON, or @FILE' }),
    operation: Flags.string({
      helpValue: 'NAME',
      description: 'operation to run when the document has several',
    }),
    token: tokenFlag({ env: 'MSX_TOKEN', noCacheDefault: true, description: 'access token to send' }),
    email: Flags.string({ description: 'sign in with this e-mail address; takes precedence over a token' }),
    header: Flags.string({
      char: 'H',
      multiple: true,
      helpValue: "'NAME: VALUE'",
      description: 'header to send, such as Idempotency-Key; can be repeated',
    }),
    events: Flags.integer({ min: 1, description: 'exit after this many events of a subscription' }),
    service: Flags.string({ helpValue: 'SERVICE', description: 'gateway (default: the only one)' }),
    url: urlFlag({
      exclusive: ['service'],
      description: 'GraphQL server (default: the gateway of this system)',
    }),
  };

  async run() {
    const { args, flags } = await this.parse(Gql);
    const query = await givenText({ what: 'the query', argument: args.query, file: flags.file });
    const variables = flags.variables === undefined ? undefined : givenObject(flags.variables, '--variables');
    const url = flags.url ?? (await this.#urlOf(flags.service));
    const asking = { url, headers: headersOf(flags.header ?? []), signal: interrupted() };
    const identity = await this.#identify(flags, asking);
    const headers = {
      ...asking.headers,
      ...(identity.token && { authorization: `Bearer ${identity.token}` }),
    };
    try {
      const request = { query, variables, operationName: flags.operation };
      if (await subscribes(request)) return await this.#follow(request, { ...asking, headers }, flags.events);
      const answer = await askGateway(request, { ...asking, headers });
      if (answer.data) this.logData(JSON.stringify(answer.data, null, 2));
      demandNoErrors(answer);
      return answer;
    } finally {
      await identity.signOut?.();
    }
  }

  async #follow(request: GraphqlRequest, asking: Asking, events = Infinity): Promise<void> {
    const { followSubscription } = await import('../graphql/follow-subscription.js');
    let left = events;
    for await (const answer of followSubscription(request, asking)) {
      const shown = this.jsonEnabled() ? JSON.stringify(answer) : JSON.stringify(answer.data, null, 2);
      process.stdout.write(`${shown}\n`);
      demandNoErrors(answer);
      if (--left === 0) return;
    }
  }

  async #urlOf(service?: string): Promise<string> {
    const { port } = chooseGateway(await this.loadSystem(), service);
    return `http://127.0.0.1:${port}/graphql`;
  }

  async #identify({ token, email }: { token?: string; email?: string }, asking: Asking) {
    if (email === undefined) return { token };
    const password = process.env['MSX_PASSWORD'] ?? (await askSecret('Password: ', 'MSX_PASSWORD'));
    const { accessToken, signOut } = await signIn({ email, password }, asking);
    return { token: accessToken, signOut };
  }
}

/** Reading GraphQL takes loading its parser: what does not even have the word needs none. */
async function subscribes(request: GraphqlRequest): Promise<boolean> {
  if (!/\bsubscription\b/.test(request.query)) return false;
  const { isSubscription } = await import('../graphql/is-subscription.js');
  return isSubscription(request);
}

const OF_THE_CONNECTION =
  /^(connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;

/** Of `Name: value` each. Throws USAGE. */
function headersOf(lines: string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(line) ?? [];
      if (!name) throw new MsxError('USAGE', { reason: `--header must be 'Name: value', not '${line}'` });
      if (OF_THE_CONNECTION.test(name))
        throw new MsxError('USAGE', {
          reason: `--header ${name} is not for people to set: HTTP itself does`,
        });
      return [name.toLowerCase(), checkedValue(value!, `--header ${name}`)];
    }),
  );
}

/** Throws USAGE for what HTTP does not carry in a header. */
function checkedValue(value: string, what: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  throw new MsxError('USAGE', { reason: `${what} has a character that no header can have` });
}
