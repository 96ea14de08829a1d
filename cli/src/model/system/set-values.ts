import { parse, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { MsxError } from '../../terminal/errors/msx-error.js';

/**
 * Sets values in the text of msx.yaml: `kubernetes.replicas=3`. Throws USAGE for an assignment that is not `path=value`
 * or cannot be made.
 */
export function setValues(text: string, assignments: readonly string[]): string {
  if (assignments.length === 0) return text;
  const document = parseDocument(text);
  // The syntax errors are reported when the text is parsed.
  if (document.errors.length > 0) return text;
  for (const assignment of assignments) {
    const [, path, value] = /^([\w-]+(?:\.[\w-]+)*)=(.+)$/s.exec(assignment) ?? [];
    if (!path)
      throw new MsxError('USAGE', {
        reason: `"${assignment}" does not have the form path=value, such as kubernetes.replicas=3`,
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

/** The library mentions its internal nodes and adds an excerpt. */
const reasonOf = ({ message }: Error): string =>
  message
    .replace(/ at line [^]*$/, '')
    .replace(/^Expected YAML collection at (\S+)\. [^]*$/, '$1 is not a mapping');
