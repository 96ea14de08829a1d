import { FAILED, WRONG_INPUT, available, didYouMean, entry, lines } from './entry.js';
import { importCycle } from './import-cycle.js';

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Errors of commands that inspect services: their configuration, and GraphQL and gRPC requests. */
export const inspecting = {
  PROGRAM_FAILED: entry(
    FAILED,
    (f: { service: string; command: string; reason: string }) =>
      `${f.command} of ${f.service} failed: ${f.reason}`,
    ({ reason }) => importCycle(reason),
  ),
  CONFIG_INCOMPLETE: entry(
    FAILED,
    (f: { environment: string; problems: readonly { service: string; text: string }[] }) =>
      `the configuration is not valid for ${f.environment}:${lines(f.problems.map(({ service, text }) => `${service}: ${text}`))}`,
    'Fix these settings in the environment, or in the config folder of the service.',
  ),
  NO_GATEWAY: entry(
    WRONG_INPUT,
    (_: object) => 'msx.yaml has no service of kind graphql',
    'Pass --url to use another server.',
  ),
  NOT_IN_GIT: entry(
    FAILED,
    (f: { file: string; ref: string; reason: string }) => `git has no ${f.file} at ${f.ref}: ${f.reason}`,
    ({ file }) =>
      `${file.endsWith('.graphql') ? 'Run msx graphql schema --write and commit the file, choose' : 'Choose'} another commit with --against, or pass --allow-missing if there is nothing to compare with yet.`,
  ),
  SCHEMA_INVALID: entry(
    FAILED,
    (f: { name: string; reason: string }) => `${f.name} is not a valid GraphQL schema: ${f.reason}`,
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
    'Keep what clients use and mark it @deprecated, or pass --allow-breaking if no client uses it.',
  ),
  GATEWAY_UNREACHABLE: entry(
    FAILED,
    (f: { url: string; reason: string }) => `nothing answers at ${f.url}: ${f.reason}`,
    'Start the system with msx dev start, or pass --url to use another server.',
  ),
  NOT_GRAPHQL: entry(
    FAILED,
    (f: { url: string; status: number; requestId?: string }) =>
      `${f.url} responded with status ${f.status}, but not with a GraphQL response`,
    ({ requestId }) => inTheLogs(requestId),
  ),
  GRAPHQL_ERRORS: entry(
    FAILED,
    ({ errors }: { errors: readonly GraphqlError[]; data: unknown; requestId?: string }) =>
      `the response has errors:${lines(errors.map(textOf))}`,
    ({ requestId }) => inTheLogs(requestId),
  ),
  UNKNOWN_METHOD: entry(
    WRONG_INPUT,
    (f: { service: string; name: string; known: string[]; similar?: string }) =>
      `${f.service} has no method "${f.name}"`,
    ({ known, similar }) => didYouMean({ similar }) || available(known),
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
    'Start it with msx dev start, or pass --address to use another address.',
  ),
  NO_CERTIFICATES: entry(
    FAILED,
    (f: { service: string; file: string }) =>
      `${f.service} requires a client certificate, and ${f.file} does not exist`,
    'Run msx certs dev, or set TLS_CERT, TLS_KEY and TLS_CA to the paths of the certificate files.',
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
  PERMISSION_DENIED: 'Pass the token of a user who has permission.',
  DEADLINE_EXCEEDED: 'Allow more time with --timeout.',
};

/** `the product is sold out (OUT_OF_STOCK) at createOrder` */
function textOf({ message, path, extensions = {} }: GraphqlError): string {
  const code = extensions.code ? ` (${String(extensions.code)})` : '';
  return `${message}${code}${path ? ` at ${path.join('.')}` : ''}`;
}
