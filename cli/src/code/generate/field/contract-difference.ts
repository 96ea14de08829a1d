import { MsxError } from '../../../terminal/errors/msx-error.js';
import { blockOf, nextNumber } from '../edits/proto-blocks.js';
import type { ProtoEdit } from '../edits/edit.js';

interface Difference {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** The contract of the system. */
  readonly current: string;
}

/**
 * The edits that add to a contract what a template has with a field and has not without it, under the next free numbers.
 * Throws NUMBERS_USED_UP and PLACE_MISSING.
 */
export function contractDifference(of: Difference): ProtoEdit[] {
  return [...imports(of), ...declarations(of), ...fields(of)];
}

const imports = ({ file, before, after, current }: Difference): ProtoEdit[] =>
  linesOf(after, /^import .*;$/gm)
    .filter((line) => !before.includes(line) && !current.includes(line))
    .map((text) => ({ kind: 'proto', file, where: { at: 'imports' }, text }));

/** Enums and messages that only this field needs. */
function declarations({ file, before, after, current }: Difference): ProtoEdit[] {
  const found = [...after.matchAll(/(?:^\/\/.*\n)*^(?:message|enum) (\w+) \{[^]*?^\}/gm)];
  return found
    .filter(([, name]) => ![before, current].some((text) => declares(text, name!)))
    .map(([text]) => ({ kind: 'proto', file, where: { at: 'end' }, text }));
}

const declares = (text: string, name: string) => new RegExp(`^(?:message|enum) ${name}\\b`, 'm').test(text);

function fields({ file, before, after, current }: Difference): ProtoEdit[] {
  const messages = [...before.matchAll(/^message (\w+)/gm)].map(([, name]) => name!);
  return messages.flatMap((name) => {
    const old = blockOf(before, 'message', name)!.members.map((each) => each.name);
    const fresh = blockOf(after, 'message', name)!.members.filter((each) => !old.includes(each.name));
    return fresh.map(({ type, name: field }) => {
      const block = blockOf(current, 'message', name);
      if (!block)
        throw new MsxError('PLACE_MISSING', { places: [`${file}: message ${name}: ${type} ${field}`] });
      const number = nextNumber(block);
      if (number === undefined) throw new MsxError('NUMBERS_USED_UP', { file, name });
      return { kind: 'proto', file, where: { at: 'message', name }, text: `${type} ${field} = ${number};` };
    });
  });
}

const linesOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([line]) => line);
