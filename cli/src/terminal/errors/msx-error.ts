import { catalogue } from './catalogue.js';
import { fullDisk } from './full-disk.js';
import { fileProblem } from './file-problem.js';
import type { Entry } from './entry.js';

export type ErrorCode = keyof typeof catalogue;
export type FactsOf<Code extends ErrorCode> = Parameters<(typeof catalogue)[Code]['message']>[0];

/** An error of the catalogue, with the facts that its message is built from. */
export class MsxError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'MsxError';
  readonly exitCode: number;
  readonly suggestion: string | undefined;

  constructor(
    readonly code: Code,
    readonly facts: FactsOf<Code>,
    options?: ErrorOptions,
  ) {
    const definition = catalogue[code] as Entry<FactsOf<Code>>;
    super(definition.message(facts), options);
    this.exitCode = definition.exitCode;
    this.suggestion = definition.suggestion(facts);
  }

  /** What `--json` prints. */
  toJSON() {
    const { code, message, suggestion, exitCode, facts } = this;
    return { error: { code, message, suggestion, exitCode, details: facts } };
  }
}

/** Any thrown value as an error of the catalogue. */
export function asMsxError(error: unknown): MsxError {
  if (error instanceof MsxError) return error;
  const { code, path, syscall = '', message } = (error ?? {}) as NodeJS.ErrnoException;
  if (syscall === 'uv_cwd') return new MsxError('FOLDER_GONE', {}, { cause: error });
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new MsxError('DISK_FULL', fullDisk(path), { cause: error });
  if (code === 'EACCES' || code === 'EROFS')
    return new MsxError('NO_ACCESS', { file: path }, { cause: error });
  if (code === 'ENOENT' && syscall.startsWith('spawn'))
    return new MsxError('TOOL_MISSING', { tool: path ?? 'a program', reason: 'it is not on the PATH' });
  const reason = fileProblem({ code });
  if (reason) return new MsxError('FILE_UNUSABLE', { file: path, reason }, { cause: error });
  return new MsxError('INTERNAL', { reason: message ?? String(error) }, { cause: error });
}
