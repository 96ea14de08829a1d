import { parse, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { MsxError } from '../errors/msx-error.js';

/** The text of msx.yaml with some values replaced: `kubernetes.replicas=3`. Throws USAGE for anything that is not `path=value`, or that cannot be set. */
export function setValues(text: string, assignments: readonly string[]): string {
  if (assignments.length === 0) return text;
  const document = parseDocument(text);
  // Whoever reads the text says what is wrong with it.
  if (document.errors.length > 0) return text;
  for (const assignment of assignments) {
    const [, path, value] = /^([\w-]+(?:\.[\w-]+)*)=(.+)$/s.exec(assignment) ?? [];
    if (!path)
      throw new MsxError('USAGE', {
        reason: `"${assignment}" is not of the form path=value, such as kubernetes.replicas=3`,
      });
    set(document, path, value!);
  }
  return document.toString();
}

function set(document: Document, path: string, value: string): void {
  try {
    document.setIn(path.split('.'), parse(value));
  } catch (error) {
    throw new MsxError('USAGE', { reason: `cannot set ${path} to "${value}": ${reasonOf(error as Error)}` });
  }
}

/** The library speaks of its own nodes, and adds an excerpt. */
const reasonOf = ({ message }: Error): string =>
  message
    .replace(/ at line [^]*$/, '')
    .replace(/^Expected YAML collection at (\S+)\. [^]*$/, '$1 is not a mapping');
