import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { namedSyntax } from './named-syntax.js';
import type { System } from '../../model/system/system.js';

const require = createRequire(import.meta.url);

/** A problem that buf reports at a position in a .proto file. */
export interface ProtoProblem {
  file: string;
  line: number;
  column: number;
  rule: string;
  message: string;
  text: string;
}

/** The exit code of buf when it found problems in the files, rather than failing itself. */
const FOUND_PROBLEMS_EXIT_CODE = 100;
const TIMEOUT_MS = 120_000;

/** Runs buf in the proto folder and returns its output. Throws PROTO_INVALID when the files do not compile. */
export async function buf(system: System, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await bufResult(system, args);
  if (code === 0) return stdout;
  const problems = problemsIn(stdout + '\n' + stderr, system);
  if (problems.length > 0) throw invalid(system, problems);
  throw new MsxError('TOOL_MISSING', { tool: 'buf', reason: stderr.trim() || `exit code ${code}` });
}

/** The problems that a checking command of buf reports. Throws PROTO_INVALID. */
export async function problemsOf(system: System, args: string[]): Promise<ProtoProblem[]> {
  const { code, stdout, stderr } = await bufResult(system, [...args, '--error-format', 'json']);
  const problems = problemsIn(stdout + '\n' + stderr, system);
  if (code === 0) return [];
  if (problems.some(({ rule }) => rule === COMPILE_RULE)) throw invalid(system, problems);
  if (code !== FOUND_PROBLEMS_EXIT_CODE || problems.length === 0)
    throw new MsxError('TOOL_MISSING', { tool: 'buf', reason: stderr.trim() || `exit code ${code}` });
  return problems;
}

/** When a file does not compile because of its syntax or edition, that cause is reported first. */
function invalid(system: System, problems: readonly ProtoProblem[]): MsxError {
  const files = [...new Set(problems.map(({ file }) => file))];
  const causes = files.flatMap((file) => {
    const path = relative(system.protoFolder, join(system.root, file));
    const found = namedSyntax(system.protoFolder, path);
    return found ? [problemAt(system, path, found)] : [];
  });
  return new MsxError('PROTO_INVALID', { problems: [...causes, ...problems] });
}

/** The result of buf, whatever its exit code. */
export async function bufResult(system: System, args: string[]) {
  const { execa } = await import('execa');
  const run = execa(bufProgram(), args, {
    cwd: system.protoFolder,
    reject: false,
    stdin: 'ignore',
    timeout: TIMEOUT_MS,
  });
  const { exitCode, stdout, stderr, failed, shortMessage, timedOut } = await run;
  if (timedOut) throw new MsxError('TOOL_SILENT', { tool: 'buf', seconds: TIMEOUT_MS / 1_000 });
  if (failed && exitCode === undefined)
    throw new MsxError('TOOL_MISSING', { tool: 'buf', reason: shortMessage });
  return { code: exitCode, stdout, stderr };
}

/** The native binary: the script of @bufbuild/buf would start a Node process first. */
function bufProgram(): string {
  const platform = process.platform === 'linux' && process.arch === 'arm64' ? 'linux-aarch64' : undefined;
  const name = `@bufbuild/buf-${platform ?? `${process.platform}-${process.arch}`}/bin/buf`;
  try {
    return createRequire(require.resolve('@bufbuild/buf/package.json')).resolve(name);
  } catch (error) {
    throw new MsxError('TOOL_MISSING', { tool: 'buf', reason: `no ${name}` }, { cause: error });
  }
}

/** Parses the output of `--error-format json`: one object per line, among other lines. */
function problemsIn(
  output: string,
  { root, protoFolder }: Pick<System, 'root' | 'protoFolder'>,
): ProtoProblem[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines.flatMap((line) => {
    const found = parsed(line);
    if (!found?.message) return [];
    const { path = '', start_line = 1, start_column = 1, type = '', message } = found;
    const file = relative(root, join(protoFolder, path));
    return [problem({ file, line: start_line, column: start_column, rule: type, message })];
  });
}

/** Parses the output of a command without JSON support: `Failure: money.proto:11:1:missing name`. */
export function problemsInText(
  output: string,
  { root, protoFolder }: Pick<System, 'root' | 'protoFolder'>,
): ProtoProblem[] {
  const found = output.matchAll(/^(?:Failure: )?([^\s:]+\.proto):(\d+):(\d+):(.+)$/gm);
  return [...found].map(([, path, line, column, message]) => {
    const file = relative(root, join(protoFolder, path!));
    return problem({
      file,
      line: Number(line),
      column: Number(column),
      rule: COMPILE_RULE,
      message: message!,
    });
  });
}

const COMPILE_RULE = 'COMPILE';

/** A problem at a position in a contract; `path` is relative to the proto folder. */
export const problemAt = (
  { root, protoFolder }: Pick<System, 'root' | 'protoFolder'>,
  path: string,
  found: Pick<ProtoProblem, 'line' | 'column' | 'message'>,
): ProtoProblem => problem({ ...found, file: relative(root, join(protoFolder, path)), rule: COMPILE_RULE });

function problem(found: Omit<ProtoProblem, 'text'>): ProtoProblem {
  const { file, line, column, rule, message } = found;
  return {
    ...found,
    text: `${file}:${line}:${column} ${message}${rule === COMPILE_RULE ? '' : ` (${rule})`}`,
  };
}

interface BufLine {
  path?: string;
  start_line?: number;
  start_column?: number;
  type?: string;
  message?: string;
}

function parsed(line: string): BufLine | undefined {
  try {
    return JSON.parse(line) as BufLine;
  } catch {
    return undefined;
  }
}
