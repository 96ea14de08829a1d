import { MsxError } from '../../terminal/errors/msx-error.js';
import { readText } from '../../model/system/read-file.js';
import { eventMessageOf, eventProblem } from '../topics/event-contract.js';
import type { System } from '../../model/system/system.js';
import type { ChosenLetters } from './choose-letters.js';

/** The limit of the services for a value (runtime/README.md). */
const MAX_VALUE_BYTES = 900 * 1024;

/** The value in a file that replaces that of one letter. Throws USAGE, FILE_UNUSABLE. */
export function editedValue(file: string, chosen: readonly ChosenLetters[], system?: System): string {
  const refuse = (reason: string) => new MsxError('USAGE', { reason: `--edit: ${reason}` });
  const [only, ...others] = chosen.flatMap(({ topic, letters }) => letters.map(() => topic));
  if (!only || others.length > 0) throw refuse('name exactly one letter: it has one value');
  const value = readText(file).trim();
  if (Buffer.byteLength(value) > MAX_VALUE_BYTES)
    throw refuse(`the value in ${file} has more than ${MAX_VALUE_BYTES} bytes`);
  const event = eventMessageOf(system, only.topic);
  const problem = event && eventProblem(event, value, { ignoreUnknownFields: false });
  if (problem === undefined) return value;
  throw refuse(`${file} is not a valid ${event!.name}: ${problem}`);
}
