/**
 * Every error a person can meet: what it says, what to do about it, and how the process ends.
 * docs/errors.md explains each code at length; a test holds the two to each other.
 */

/** The command line or a file of the system is wrong: nothing was attempted. */
const WRONG_INPUT = 2;
/** What was asked for was attempted and did not work. */
const FAILED = 1;
/** 128 + SIGINT, as shells count. */
const INTERRUPTED = 130;

interface Entry<Facts> {
  exitCode: number;
  message: (facts: Facts) => string;
  suggestion: (facts: Facts) => string | undefined;
}

function entry<Facts>(
  exitCode: number,
  message: (facts: Facts) => string,
  suggestion?: string | ((facts: Facts) => string | undefined),
): Entry<Facts> {
  return { exitCode, message, suggestion: typeof suggestion === 'function' ? suggestion : () => suggestion };
}

const didYouMean = ({ similar }: { similar?: string }) => similar && `Did you mean "${similar}"?`;
const lines = (texts: string[] = []) => texts.map((text) => `\n  ${text}`).join('');

export const catalogue = {
  NO_SYSTEM: entry(
    WRONG_INPUT,
    ({ folder }: { folder: string }) => `no msx.yaml in ${folder} or any folder above it`,
    'Run msx inside the folder of a system.',
  ),
  CONFIG_INVALID: entry(
    WRONG_INPUT,
    ({ problems }: { problems: { text: string }[] }) => problems.map(({ text }) => text).join('\n'),
    'Correct the places named; editors that know JSON Schema check msx.yaml as you type.',
  ),
  UNKNOWN_SERVICE: entry(
    WRONG_INPUT,
    ({ name }: { name: string; known: string[]; similar?: string }) => `no service "${name}" in msx.yaml`,
    ({ known, similar }) => didYouMean({ similar }) || `There are ${known.join(', ')}.`,
  ),
  UNKNOWN_COMMAND: entry(
    WRONG_INPUT,
    ({ command }: { command: string; similar?: string }) => `no command "msx ${command}"`,
    ({ similar }) => (similar ? `Did you mean "msx ${similar}"?` : 'See msx --help.'),
  ),
  USAGE: entry(
    WRONG_INPUT,
    ({ reason }: { reason: string; command?: string }) => reason,
    ({ command }) => `See msx ${command ? command + ' ' : ''}--help.`,
  ),
  FOLDER_NOT_EMPTY: entry(
    WRONG_INPUT,
    ({ folder }: { folder: string }) => `${folder} is there already`,
    'Name a folder that does not exist yet, or remove this one.',
  ),
  PACK_FILE_MISSING: entry(
    WRONG_INPUT,
    ({ file, name }: { file: string; name: string }) =>
      `${file}: msx.pack names ${name}, which no package has`,
    'Correct msx.pack, or run npm ci.',
  ),
  NO_KEYS: entry(
    FAILED,
    ({ file }: { file: string }) => `no keys in ${file}`,
    'Run msx keys generate, or msx dev start, which makes them.',
  ),
  KEYS_EXIST: entry(
    WRONG_INPUT,
    ({ file }: { file: string }) => `there are keys in ${file} already`,
    'Run msx keys rotate; --force replaces them, and everyone has to sign in again.',
  ),
  NO_ISSUER: entry(
    WRONG_INPUT,
    (_: Record<string, never>) => 'msx.yaml does not say where users sign in',
    'Add auth: { issuer: <service> } to msx.yaml.',
  ),
  ADMIN_NOT_CREATED: entry(
    FAILED,
    ({ reason }: { reason: string }) => `no admin was made: ${reason}`,
    'Correct what is named and run the command again; nothing was changed.',
  ),
  KEYS_UNREADABLE: entry(
    FAILED,
    ({ file, reason }: { file: string; reason: string }) => `${file} cannot be read as keys: ${reason}`,
    'Bring the file back, or run msx keys generate --force: everyone then has to sign in again.',
  ),
  PROJECTIONS_STALE: entry(
    FAILED,
    ({ paths }: { paths: string[] }) => `not as msx.yaml has it:${lines(paths)}`,
    'Run msx render, and commit what it changes.',
  ),
  CONFIRMATION_NEEDED: entry(
    WRONG_INPUT,
    ({ what }: { what: string }) => `${what} needs a yes, and there is no terminal to ask on`,
    'Pass --yes.',
  ),
  PORT_IN_USE: entry(
    FAILED,
    ({ service, port }: { service: string; port: number }) =>
      `${service} cannot listen on port ${port}: it is taken`,
    'See who holds it with msx ports.',
  ),
  PORT_HELD: entry(
    FAILED,
    (f: { port: number; wantedBy: string; pid?: number; command?: string; user?: string }) =>
      `port ${f.port} of ${f.wantedBy} is held by ` +
      (f.pid
        ? `${f.command ?? 'a process'} (pid ${f.pid}${f.user ? `, user ${f.user}` : ''})`
        : 'another process'),
    ({ port }) => `End that process, or have it ended with --free-ports or msx ports free ${port}.`,
  ),
  PORT_NOT_FREED: entry(
    FAILED,
    (f: { port: number; pid?: number }) =>
      `port ${f.port} is still held${f.pid ? ` by pid ${f.pid}` : ''} after its holder was told to end`,
    'The process may belong to another user: end it as that user.',
  ),
  STOP_INCOMPLETE: entry(
    FAILED,
    ({ pids }: { pids: number[] }) => `could not end ${pids.map((pid) => `pid ${pid}`).join(', ')}`,
    'The processes may belong to another user: end them as that user.',
  ),
  SERVICE_CRASHED: entry(
    FAILED,
    (f: { service: string; exit: string; reason?: string; lastLines?: string[] }) =>
      `${f.service} ended (${f.exit})${f.reason ? `: ${f.reason}` : ''}${lines(f.lastLines)}`,
    ({ service }) => `Read more with msx logs ${service}.`,
  ),
  SERVICE_GAVE_UP: entry(
    FAILED,
    (f: { service: string; times: number; reason?: string; lastLines?: string[] }) =>
      `${f.service} ended ${f.times} times in a row and is not started again` +
      `${f.reason ? `: ${f.reason}` : ''}${lines(f.lastLines)}`,
    ({ service }) => `Once its cause is mended: msx dev restart ${service}.`,
  ),
  START_TIMEOUT: entry(
    FAILED,
    (f: { seconds: number; waiting: string[] }) =>
      `not everything started within ${f.seconds} s${lines(f.waiting)}`,
    'See why with msx dev why SERVICE, or allow more time with --timeout.',
  ),
  ENGINE_BUSY: entry(
    FAILED,
    ({ doing }: { doing: string; pid?: number }) => `another msx is ${doing} this system at this moment`,
    'Wait until it is done, then try again.',
  ),
  ENGINE_LOST: entry(
    FAILED,
    ({ reason }: { reason: string }) => `the engine of this system does not answer: ${reason}`,
    'msx dev stop clears what is left of it; its own log is .msx/engine.log.',
  ),
  NOT_RUNNING: entry(
    FAILED,
    ({ what }: { what: string }) => `${what} is not running`,
    'Start it with msx dev start.',
  ),
  SERVICE_RUNNING: entry(
    FAILED,
    (f: { service: string; doing: string }) =>
      `${f.service} is running: ${f.doing} would pull its data away from under it`,
    'Stop it first with msx dev stop.',
  ),
  LOG_DIR_UNWRITABLE: entry(
    FAILED,
    (f: { directory: string; reason: string }) => `cannot write logs to ${f.directory}: ${f.reason}`,
    'Make it writable, or set logs.directory in msx.yaml.',
  ),
  LOG_UNREADABLE: entry(
    FAILED,
    (f: { file: string; reason: string }) => `cannot read ${f.file}: ${f.reason}`,
    'It belongs to whoever ran the system: read it as that user.',
  ),
  DISK_FULL: entry(
    FAILED,
    ({ file }: { file?: string }) => `no space is left on the disk${file ? ` of ${file}` : ''}`,
    'Free some space, then run the command again.',
  ),
  DATABASE_UNREACHABLE: entry(
    FAILED,
    (f: { service: string; reason: string }) => `${f.service} cannot reach its database: ${f.reason}`,
    'Check that the database runs and that DATABASE_URL names it.',
  ),
  MIGRATION_FAILED: entry(
    FAILED,
    (f: { service: string; reason: string }) => `a migration of ${f.service} failed: ${f.reason}`,
    'Nothing of the failed migration was kept. Mend it, then run msx db migrate.',
  ),
  DATABASE_COMMAND_FAILED: entry(
    FAILED,
    (f: { service: string; command: string; reason: string }) =>
      `db ${f.command} of ${f.service} failed: ${f.reason}`,
  ),
  INSECURE_PRODUCTION: entry(
    FAILED,
    (f: { service: string; reason: string }) => `${f.service} refuses to run in production: ${f.reason}`,
    'Give what is missing in its environment, or allow the exception it names.',
  ),
  KAFKA_UNREACHABLE: entry(
    FAILED,
    (f: { address: string; reason: string }) => `no Kafka at ${f.address}: ${f.reason}`,
    'Start the system with msx dev start, or name another broker with --broker.',
  ),
  PROTO_INVALID: entry(
    WRONG_INPUT,
    ({ problems }: { problems: { text: string }[] }) => problems.map(({ text }) => text).join('\n'),
    'Correct the places named; nothing was generated.',
  ),
  PROTO_LINT: entry(FAILED, ({ problems }: { problems: { text: string }[] }) =>
    problems.map(({ text }) => text).join('\n'),
  ),
  BUILD_FAILED: entry(
    FAILED,
    ({ services, output }: { services: string[]; output: string }) =>
      `${services.join(', ')} could not be built${output ? `\n${output}` : ''}`,
  ),
  TOOL_MISSING: entry(
    FAILED,
    (f: { tool: string; reason?: string }) => `cannot run ${f.tool}${f.reason ? `: ${f.reason}` : ''}`,
    'Install the dependencies of the system with npm ci.',
  ),
  NAME_INVALID: entry(
    WRONG_INPUT,
    (f: { what: string; name: string; reason: string }) =>
      `${JSON.stringify(f.name)} cannot be the name of the ${f.what}: ${f.reason}`,
    'Choose another name.',
  ),
  NAME_TAKEN: entry(
    WRONG_INPUT,
    (f: { what: string; name: string; by: string }) => `${f.what} ${f.name} is taken by ${f.by}`,
    'Choose another one.',
  ),
  FIELDS_INVALID: entry(
    WRONG_INPUT,
    (f: { fields: string; column: number; reason: string }) =>
      `${f.reason}\n  ${f.fields}\n  ${' '.repeat(f.column - 1)}^`,
    "Fields are written like 'sku:string!,price:money,stock:int=0,tags:string[],kind:enum(a|b)'.",
  ),
  FILES_IN_THE_WAY: entry(
    WRONG_INPUT,
    ({ files }: { files: string[] }) => `these files are there, and not from msx:${lines(files)}`,
    'Move them away, or choose another name. Nothing was written.',
  ),
  FILES_OWNED: entry(
    WRONG_INPUT,
    ({ files }: { files: string[] }) => `these files have been changed since msx wrote them:${lines(files)}`,
    'They are yours now: see what you changed with msx diff, and delete them by hand. Nothing was removed.',
  ),
  NOT_GENERATED: entry(
    WRONG_INPUT,
    ({ what }: { what: string; known: string[] }) => `${what} was not generated here`,
    ({ known }) =>
      known.length ? `There are ${known.join(', ')}.` : 'Nothing was, as far as .msx/ledger.json tells.',
  ),
  LEDGER_INVALID: entry(
    FAILED,
    (f: { file: string; reason: string }) => `${f.file} cannot be read: ${f.reason}`,
    'Bring it back from git; a ledger of a newer msx wants that msx.',
  ),
  TEMPLATE_INVALID: entry(
    FAILED,
    (f: { file: string; line: number; reason: string }) => `${f.file}:${f.line} ${f.reason}`,
    'This is a defect of the templates that came with msx.',
  ),
  INTERRUPTED: entry(INTERRUPTED, (_: object) => 'interrupted'),
  INTERNAL: entry(
    FAILED,
    ({ reason }: { reason: string }) => `unexpected: ${reason}`,
    'This is a defect of msx. MSX_DEBUG=1 shows where it comes from.',
  ),
};

export type ErrorCode = keyof typeof catalogue;
export type FactsOf<Code extends ErrorCode> = Parameters<(typeof catalogue)[Code]['message']>[0];

/** An error of the catalogue, with the facts its message is made of. */
export class MsxError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'MsxError';
  readonly exitCode: number;
  readonly suggestion: string | undefined;

  constructor(
    readonly code: Code,
    readonly facts: FactsOf<Code>,
    options?: ErrorOptions,
  ) {
    const known = catalogue[code] as Entry<FactsOf<Code>>;
    super(known.message(facts), options);
    this.exitCode = known.exitCode;
    this.suggestion = known.suggestion(facts);
  }

  /** What `--json` prints. */
  toJSON() {
    const { code, message, suggestion, exitCode, facts } = this;
    return { error: { code, message, suggestion, exitCode, details: facts } };
  }
}

/** Any thrown thing as an error of the catalogue. */
export function asMsxError(error: unknown): MsxError {
  if (error instanceof MsxError) return error;
  const { code, path, message } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return new MsxError('DISK_FULL', { file: path }, { cause: error });
  return new MsxError('INTERNAL', { reason: message ?? String(error) }, { cause: error });
}
