import { stripVTControlCharacters } from 'node:util';
import { MsxError } from '../../../terminal/errors/msx-error.js';

const LAST_LINES = 10;

/** Errors of the engine, as printed by either version of compose, that a person can do something about. */
const PATTERNS: [RegExp, (match: RegExpExecArray, command: string) => MsxError][] = [
  [/no space left on device/i, () => new MsxError('DISK_FULL', { file: 'the Docker Engine' }) as MsxError],
  [
    /(?:listen|bind)[^\n]*?:(\d+)[^\n]*(?:port is already allocated|address already in use)/i,
    ([, port]) =>
      new MsxError('CONTAINER_PORT_TAKEN', { port: Number(port), service: 'a container' }) as MsxError,
  ],
  [
    /Cannot connect to the Docker daemon at (\S+?)\.? |Couldn't connect to Docker daemon at (\S+)|(?:dial unix|ConnectionRefusedError|Connection aborted|unexpected EOF|error during connect|connection reset by peer)/i,
    ([, cli, old], command) =>
      new MsxError('DOCKER_LOST', {
        host: cli ?? old ?? process.env['DOCKER_HOST'] ?? 'its socket',
        doing: command,
      }) as MsxError,
  ],
  [
    /(?:pull access denied for|manifest for|repository) (\S+?)[, ]|(?:failed to (?:do request|resolve)[^\n]*?|Get ")(https?:\/\/[^\s"]+)/i,
    (match) =>
      new MsxError('IMAGE_UNAVAILABLE', {
        image: match[1] ?? /Pulling \S+ \((\S+)\)/.exec(match.input)?.[1] ?? 'an image',
        reason: lineOf(match),
      }) as MsxError,
  ],
];

/** Maps the output of a failed compose to an error of the catalogue. */
export function composeError(command: string, output: string): MsxError {
  const plain = stripVTControlCharacters(output);
  for (const [pattern, errorOf] of PATTERNS) {
    const match = pattern.exec(plain);
    if (match) return errorOf(match, command);
  }
  const lines = plain.split('\n').filter((line) => line.trim());
  return new MsxError('COMPOSE_FAILED', { command, lastLines: lines.slice(-LAST_LINES) }) as MsxError;
}

/** The whole line that contains a match. */
function lineOf({ input, index }: RegExpExecArray): string {
  const from = input.lastIndexOf('\n', index) + 1;
  const to = input.indexOf('\n', index);
  return input.slice(from, to < 0 ? undefined : to).trim();
}
