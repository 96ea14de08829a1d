import { parse, parseDocument } from 'yaml';
import { MsxError } from '../errors/msx-error.js';

/** The text of msx.yaml with some values replaced: `kubernetes.replicas=3`. Throws USAGE for what is no `path=value`. */
export function setValues(text: string, assignments: readonly string[]): string {
  if (assignments.length === 0) return text;
  const document = parseDocument(text);
  for (const assignment of assignments) {
    const [, path, value] = /^([\w-]+(?:\.[\w-]+)*)=(.+)$/s.exec(assignment) ?? [];
    if (!path)
      throw new MsxError('USAGE', {
        reason: `"${assignment}" is no path=value, such as kubernetes.replicas=3`,
      });
    document.setIn(path.split('.'), parse(value!));
  }
  return document.toString();
}
