import { MsxError } from '../../terminal/errors/msx-error.js';

const CONNECTION_HEADERS =
  /^(connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;

/** Parses headers from lines of `Name: value`. Throws USAGE. */
export function parseHeaders(lines: string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(line) ?? [];
      if (!name) throw new MsxError('USAGE', { reason: "--header must have the form 'Name: value'" });
      if (CONNECTION_HEADERS.test(name))
        throw new MsxError('USAGE', {
          reason: `--header ${name} cannot be set: it belongs to the connection`,
        });
      return [name.toLowerCase(), checkedValue(value!, `--header ${name}`)];
    }),
  );
}

/** Throws USAGE for a value that is not allowed in a header. */
function checkedValue(value: string, what: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  throw new MsxError('USAGE', { reason: `${what} contains a character that is not allowed in a header` });
}
