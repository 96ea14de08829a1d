/** Advice for an import cycle in which a class is used before the file that defines it has been loaded. */
export function importCycle(text: string | undefined): string | undefined {
  const [, name] = /Cannot access '(\w+)' before initialization/.exec(text ?? '') ?? [];
  return (
    name &&
    `Two files import each other, and one uses ${name} before it is defined. For a bidirectional relation, write Relation<${name}> as the type of the field, with import type { Relation } from '@msx/runtime'; npm run lint finds such cycles.`
  );
}
