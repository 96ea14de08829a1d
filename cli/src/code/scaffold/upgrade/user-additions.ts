import { addCode, removeCode } from '../../generate/edits/code-edit.js';
import { placeOf } from '../../generate/edits/place.js';
import { nameOf, node, nodes, statementsOf } from '../../generate/edits/syntax.js';
import type { CodeEdit, ImportEdit } from '../../generate/edits/edit.js';
import type { Syntax } from '../../generate/edits/syntax.js';

type Addition = CodeEdit | ImportEdit;

/** The lists of a Nest module to which users add their own classes. */
const LISTS = ['imports', 'controllers', 'providers', 'exports'];

/**
 * The imports and list elements that the user has added to the module in a file, if they changed nothing else. Such
 * additions can be applied to any new version of the template.
 */
export function userAdditions(file: string, base: string, ours: string): readonly Addition[] | undefined {
  const [old, now] = [statementsOf(base), statementsOf(ours)];
  if (!old || !now) return undefined;
  const before = importsIn(old);
  const imports = importsIn(now).flatMap((each): ImportEdit[] => {
    const names = each.names.filter((name) => !isAmong(before, { ...each, names: [name] }));
    return names.length > 0 ? [{ ...each, kind: 'import', file, names }] : [];
  });
  const additions = [...imports, ...listAdditions({ file, base, ours })];
  const without = [...additions]
    .reverse()
    .reduce((text, edit) => textOf(removeCode(text, edit)) ?? text, ours);
  return compact(without) === compact(base) ? additions : undefined;
}

/** The text with the additions; undefined when one of them has no place. */
export function withAdditions(text: string, additions: readonly Addition[]): string | undefined {
  return additions.reduce<string | undefined>(
    (rest, edit) => (rest === undefined ? undefined : textOf(addCode(rest, edit))),
    text,
  );
}

const textOf = (edited: ReturnType<typeof addCode>) => ('text' in edited ? edited.text : undefined);

function listAdditions({ file, base, ours }: { file: string; base: string; ours: string }): CodeEdit[] {
  return LISTS.flatMap((property) => {
    const where = { at: 'decorator-list', class: 'AppModule', decorator: 'Module', property } as const;
    const elements = (text: string) =>
      placeOf(statementsOf(text)!, where)?.parts.map(({ range }) => text.slice(...range)) ?? [];
    const before = elements(base).map(compact);
    return elements(ours)
      .filter((element) => !before.includes(compact(element)))
      .map((text): CodeEdit => ({ kind: 'code', file, where, text }));
  });
}

interface Named {
  readonly from: string;
  readonly names: readonly string[];
  readonly typeOnly: boolean;
}

function importsIn(statements: readonly Syntax[]): Named[] {
  return statements
    .filter(({ type }) => type === 'ImportDeclaration')
    .map((each) => ({
      from: nameOf(node(each['source'])) ?? '',
      names: nodes(each['specifiers']).flatMap((named) => nameOf(named['imported']) ?? []),
      typeOnly: each['importKind'] === 'type',
    }));
}

const isAmong = (all: readonly Named[], { from, names: [name], typeOnly }: Named) =>
  all.some((each) => each.from === from && each.typeOnly === typeOnly && each.names.includes(name!));

const compact = (text: string) => text.replace(/[\s;,]+/g, '');
