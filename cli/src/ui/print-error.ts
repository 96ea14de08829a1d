import { safeLines } from '../terminal/safe-lines.js';
import { coloursOf } from './colours.js';
import type { MsxError } from '../errors/msx-error.js';

/** Says what went wrong and what to do about it, and sets the exit code. */
export function printError(error: MsxError, { json = false } = {}): void {
  process.exitCode = error.exitCode;
  if (json) process.stdout.write(JSON.stringify(error, null, 2) + '\n');
  else process.stderr.write(errorText(error));
  if (process.env['MSX_DEBUG']) process.stderr.write(traceOf(error));
}

/** A message may quote what other programs wrote. */
function errorText({ code, message: raw, suggestion }: MsxError): string {
  const { red, bold, dim, cyan, level } = coloursOf(process.stderr);
  const message = safeLines(raw, { colours: level > 0 }).join('\n');
  const list = message.includes('\n') && /^\S+:\d+:\d+ /.test(message);
  const head = `${red.bold('error')} ${bold(code)}`;
  const advice = suggestion ? `${cyan('→')} ${dim(suggestion)}\n` : '';
  return `${head}${list ? '\n' : ': '}${message}\n${advice}`;
}

const traceOf = (error: MsxError) =>
  [error, error.cause]
    .filter((each) => each instanceof Error)
    .map(({ stack }) => `${stack}\n`)
    .join('');
