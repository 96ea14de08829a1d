import { relative } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { COMPILE_TIMEOUT_MS, compilerOf } from './compiler.js';

export interface TypeError {
  /** Relative to the root; empty when the error is not in a file. */
  readonly file: string;
  /** The error code of the compiler, such as 2307 for a module that cannot be found. */
  readonly code: number;
  readonly message: string;
  /** The error as the compiler prints it, with the explanatory lines below it. */
  readonly text: string;
}

const ERROR = /^(?:(.+?)\(\d+,\d+\): )?error TS(\d+): (.*)/;

/** Type-checks a project without writing output. Throws TOOL_MISSING and TOOL_SILENT. */
export async function typeErrors(root: string, config: string): Promise<TypeError[]> {
  const { execa } = await import('execa');
  const { file, args } = await compilerOf(root);
  const { stdout, timedOut } = await execa(
    file,
    [...args, '-p', relative(root, config), '--pretty', 'false'],
    {
      cwd: root,
      reject: false,
      stdin: 'ignore',
      timeout: COMPILE_TIMEOUT_MS,
    },
  );
  if (timedOut) throw new MsxError('TOOL_SILENT', { tool: 'tsc', seconds: COMPILE_TIMEOUT_MS / 1_000 });
  return errorsIn(stdout.replaceAll(`${root}/`, ''));
}

/** A line that begins with a space continues the previous error. */
function errorsIn(output: string): TypeError[] {
  return output.split(/\r?\n(?! )/).flatMap((text) => {
    const [, path = '', code, message = ''] = ERROR.exec(text) ?? [];
    return code === undefined ? [] : [{ file: path, code: Number(code), message, text: text.trimEnd() }];
  });
}
