import { catalogue } from './catalogue.js';
import { fileTrouble } from './system-errors.js';
import type { Entry } from './entry.js';

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
  const { code, path, syscall = '', message } = (error ?? {}) as NodeJS.ErrnoException;
  if (syscall === 'uv_cwd') return new MsxError('FOLDER_GONE', {}, { cause: error });
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new MsxError('DISK_FULL', { file: path }, { cause: error });
  if (code === 'EACCES' || code === 'EROFS')
    return new MsxError('NO_ACCESS', { file: path }, { cause: error });
  if (code === 'ENOENT' && syscall.startsWith('spawn'))
    return new MsxError('TOOL_MISSING', { tool: path ?? 'a program', reason: 'there is none on the PATH' });
  const reason = fileTrouble({ code });
  if (reason) return new MsxError('FILE_UNUSABLE', { file: path, reason }, { cause: error });
  return new MsxError('INTERNAL', { reason: message ?? String(error) }, { cause: error });
}
