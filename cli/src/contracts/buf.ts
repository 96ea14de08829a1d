import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { MsxError } from '../errors/msx-error.js';
import type { System } from '../system/system.js';

const require = createRequire(import.meta.url);

/** A complaint of buf about a place in a .proto file. */
export interface ProtoProblem {
  file: string;
  line: number;
  column: number;
  rule: string;
  message: string;
  text: string;
}

/** How buf ends when it has found something in the files, rather than failed itself. */
const FOUND = 100;

/** What buf answers, run in the proto folder; throws PROTO_INVALID when the files do not compile. */
export async function buf(system: System, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await bufResult(system, args);
  if (code === 0) return stdout;
  const problems = problemsIn(stdout + '\n' + stderr, system);
  if (problems.length > 0) throw new MsxError('PROTO_INVALID', { problems });
  throw new MsxError('TOOL_MISSING', { tool: 'buf', reason: stderr.trim() || `it ended with ${code}` });
}

/** What buf's rules have against the files; nothing when they are clean. Throws PROTO_INVALID. */
export const lintProblems = (system: System): Promise<ProtoProblem[]> => problemsOf(system, ['lint']);

/** What a command of buf that looks for problems finds. Throws PROTO_INVALID. */
export async function problemsOf(system: System, args: string[]): Promise<ProtoProblem[]> {
  const { code, stdout, stderr } = await bufResult(system, [...args, '--error-format', 'json']);
  const problems = problemsIn(stdout + '\n' + stderr, system);
  if (code === 0) return [];
  if (problems.some(({ rule }) => rule === COMPILE)) throw new MsxError('PROTO_INVALID', { problems });
  if (code !== FOUND || problems.length === 0)
    throw new MsxError('TOOL_MISSING', { tool: 'buf', reason: stderr.trim() || `it ended with ${code}` });
  return problems;
}

/** However it ends. */
export async function bufResult(system: System, args: string[]) {
  const { execa } = await import('execa');
  const { exitCode, stdout, stderr, failed, shortMessage } = await execa(bufProgram(), args, {
    cwd: system.protoFolder,
    reject: false,
    stdin: 'ignore',
  });
  if (failed && exitCode === undefined)
    throw new MsxError('TOOL_MISSING', { tool: 'buf', reason: shortMessage });
  return { code: exitCode, stdout, stderr };
}

/** The program itself: the script of @bufbuild/buf would start a Node process first. */
function bufProgram(): string {
  const platform = process.platform === 'linux' && process.arch === 'arm64' ? 'linux-aarch64' : undefined;
  const name = `@bufbuild/buf-${platform ?? `${process.platform}-${process.arch}`}/bin/buf`;
  try {
    return createRequire(require.resolve('@bufbuild/buf/package.json')).resolve(name);
  } catch (error) {
    throw new MsxError('TOOL_MISSING', { tool: 'buf', reason: `no ${name}` }, { cause: error });
  }
}

/** buf's `--error-format json`: one object a line, amid lines that are not. */
export function problemsIn(
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

/** Of a command that knows no JSON: `Failure: money.proto:11:1:missing name`. */
export function problemsInText(
  output: string,
  { root, protoFolder }: Pick<System, 'root' | 'protoFolder'>,
): ProtoProblem[] {
  const found = output.matchAll(/^(?:Failure: )?([^\s:]+\.proto):(\d+):(\d+):(.+)$/gm);
  return [...found].map(([, path, line, column, message]) => {
    const file = relative(root, join(protoFolder, path!));
    return problem({ file, line: Number(line), column: Number(column), rule: COMPILE, message: message! });
  });
}

const COMPILE = 'COMPILE';

function problem(found: Omit<ProtoProblem, 'text'>): ProtoProblem {
  const { file, line, column, rule, message } = found;
  return { ...found, text: `${file}:${line}:${column} ${message}${rule === COMPILE ? '' : ` (${rule})`}` };
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
