import { FAILED, WRONG_INPUT, didYouMean, entry, lines } from './entry.js';

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What can go wrong with asking running services, and with what they say of themselves. */
export const asking = {
  PROGRAM_FAILED: entry(
    FAILED,
    (f: { service: string; command: string; reason: string }) =>
      `${f.command} of ${f.service} failed: ${f.reason}`,
  ),
  CONFIG_INCOMPLETE: entry(
    FAILED,
    (f: { environment: string; problems: readonly { service: string; text: string }[] }) =>
      `not fit for ${f.environment}:${lines(f.problems.map(({ service, text }) => `${service}: ${text}`))}`,
    'Set what is named in the environment, or in the config folder of the service.',
  ),
  NO_GATEWAY: entry(
    WRONG_INPUT,
    (_: object) => 'msx.yaml has no service of kind graphql',
    'Name another server with --url.',
  ),
  NOT_IN_GIT: entry(
    FAILED,
    (f: { file: string; ref: string; reason: string }) => `git has no ${f.file} at ${f.ref}: ${f.reason}`,
    'Run msx graphql schema --write and commit the file, or name another commit with --against.',
  ),
  SCHEMA_INVALID: entry(
    FAILED,
    (f: { name: string; reason: string }) => `${f.name} is no GraphQL schema: ${f.reason}`,
  ),
  SCHEMA_BREAKS: entry(
    FAILED,
    (f: {
      service: string;
      ref: string;
      count: number;
      changes: readonly { level: string; message: string }[];
    }) =>
      `${f.count} ${f.count === 1 ? 'change' : 'changes'} since ${f.ref} would break clients of ${f.service}`,
    'Keep what clients use, marked @deprecated, or pass --allow-breaking when none does.',
  ),
  GATEWAY_UNREACHABLE: entry(
    FAILED,
    (f: { url: string; reason: string }) => `nothing answers at ${f.url}: ${f.reason}`,
    'Start the system with msx dev start, or name another server with --url.',
  ),
  NOT_GRAPHQL: entry(
    FAILED,
    (f: { url: string; status: number; requestId?: string }) =>
      `${f.url} answers ${f.status}, and not in GraphQL`,
    ({ requestId }) => inTheLogs(requestId),
  ),
  GRAPHQL_ERRORS: entry(
    FAILED,
    ({ errors }: { errors: readonly GraphqlError[]; data: unknown; requestId?: string }) =>
      `the answer has errors:${lines(errors.map(textOf))}`,
    ({ requestId }) => inTheLogs(requestId),
  ),
  UNKNOWN_METHOD: entry(
    WRONG_INPUT,
    (f: { service: string; name: string; known: string[]; similar?: string }) =>
      `${f.service} has no method "${f.name}"`,
    ({ known, similar }) => didYouMean({ similar }) || `There are ${known.join(', ')}.`,
  ),
  REQUEST_INVALID: entry(
    WRONG_INPUT,
    (f: { service: string; method: string; reason: string; signature: string }) =>
      `not a valid request for ${f.service} ${f.method}: ${f.reason}`,
    ({ signature }) => `Expected: ${signature}.`,
  ),
  SERVICE_UNREACHABLE: entry(
    FAILED,
    (f: { service: string; address: string; reason: string }) =>
      `nothing answers for ${f.service} at ${f.address}: ${f.reason}`,
    'Start it with msx dev start, or name another address with --address.',
  ),
  NO_CERTIFICATES: entry(
    FAILED,
    (f: { service: string; file: string }) =>
      `${f.service} wants to see a certificate, and there is no ${f.file}`,
    'Run msx certs dev, or name files with TLS_CERT, TLS_KEY and TLS_CA.',
  ),
  CALL_FAILED: entry(
    FAILED,
    (f: {
      service: string;
      method: string;
      status: string;
      reason: string;
      code?: string;
      metadata?: Readonly<Record<string, string>>;
      requestId: string;
    }) => `${f.service} ${f.method}: ${f.status}${f.code ? ` ${f.code}` : ''}: ${f.reason}`,
    ({ status, requestId }) => ADVICE[status] ?? inTheLogs(requestId),
  ),
};

const inTheLogs = (requestId: string | undefined): string | undefined =>
  requestId &&
  `msx logs --request ${requestId.slice(0, 8)} shows what each service logged (request id ${requestId}).`;

const ADVICE: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'Pass an access token with --token or MSX_TOKEN.',
  PERMISSION_DENIED: 'Pass the token of someone who may.',
  DEADLINE_EXCEEDED: 'Allow more time with --timeout.',
};

/** `the product is sold out (OUT_OF_STOCK) at createOrder` */
function textOf({ message, path, extensions = {} }: GraphqlError): string {
  const code = extensions.code ? ` (${String(extensions.code)})` : '';
  return `${message}${code}${path ? ` at ${path.join('.')}` : ''}`;
}
