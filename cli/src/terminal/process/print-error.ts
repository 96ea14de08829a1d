import { coloursOf } from '../screen/colours.js';
import { columnsOf } from '../screen/screen.js';
import { fold } from '../screen/fold.js';
import type { MsxError } from '../errors/msx-error.js';

/** Prints the error and its suggestion, and sets the exit code. */
export function printError(error: MsxError, { json = false } = {}): void {
  process.exitCode = error.exitCode;
  if (json) process.stdout.write(JSON.stringify(error, null, 2) + '\n');
  else process.stderr.write(errorText(error));
  if (process.env['MSX_DEBUG']) process.stderr.write(traceOf(error));
}

function errorText({ code, message: raw, suggestion: rawSuggestion }: MsxError): string {
  const [message, suggestion] = [printable(raw), rawSuggestion && printable(rawSuggestion)];
  const { red, bold, dim, cyan } = coloursOf(process.stderr);
  const list = message.includes('\n') && /^\S+:\d+:\d+ /.test(message);
  const head = `${red.bold('error')} ${bold(code)}`;
  const columns = columnsOf(process.stderr);
  const what = fold(`${head}${list ? '\n' : ': '}${message}`, columns);
  return suggestion ? `${what}\n${cyan('→')} ${hanging(dim(suggestion), columns)}\n` : `${what}\n`;
}

/** Continuation lines are aligned with the text, not with the arrow in front of it. */
const hanging = (text: string, columns: number) => fold(text, columns - 2).replaceAll('\n', '\n  ');

/**
 * Text from a command line or a file must not move the cursor, change colours or ring the bell: colours are removed, and
 * control characters other than line breaks and tabs are escaped.
 */
const printable = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(COLOUR, '')
    .replace(CONTROL, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);

/* eslint-disable no-control-regex */
const COLOUR = /\u001b\[[\d;]*m/g;
const CONTROL = /(?![\n\t])[\u0000-\u001f\u007f-\u009f]/g;
/* eslint-enable no-control-regex */

const traceOf = (error: MsxError) =>
  [error, error.cause]
    .filter((each) => each instanceof Error)
    .map(({ stack }) => `${stack}\n`)
    .join('');
