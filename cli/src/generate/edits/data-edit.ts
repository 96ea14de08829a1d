import { isMap, isSeq, parseDocument } from 'yaml';
import type { Document, YAMLMap, YAMLSeq } from 'yaml';
import type { DataEdit, Edited } from './edit.js';

type Json = Record<string, unknown>;

/** The text with the edit made; as it was, when it was made before. Comments and order stay. */
export function addData(text: string, edit: DataEdit): Edited {
  return edit.file.endsWith('.json') ? inJson(text, edit, addJson) : inYaml(text, edit, addYaml);
}

/** The text without what the edit put in; as it is, when that is gone. */
export function removeData(text: string, edit: DataEdit): Edited {
  return edit.file.endsWith('.json') ? inJson(text, edit, removeJson) : inYaml(text, edit, removeYaml);
}

function inYaml(
  text: string,
  edit: DataEdit,
  change: (document: Document, edit: DataEdit) => boolean,
): Edited {
  const document = parseDocument(text);
  if (document.errors.length > 0) return byHand(edit);
  return change(document, edit) ? { text: document.toString({ lineWidth: 0 }) } : { text };
}

function addYaml(document: Document, { kind, path, value }: DataEdit): boolean {
  if (kind === 'set') {
    if (document.hasIn(path)) return false;
    const node = document.createNode(value) as YAMLMap;
    const parent = path.slice(0, -1);
    const around = document.getIn(parent);
    // One line each where the neighbours have one line each, else a block whose parts have one line each.
    const flow =
      isMap(around) &&
      around.items.length > 0 &&
      around.items.every((pair) => isMap(pair.value) && pair.value.flow === true);
    if (flow) node.flow = true;
    else if (isMap(node))
      for (const pair of node.items) if (isMap(pair.value) || isSeq(pair.value)) pair.value.flow = true;
    const key = document.createNode(path.at(-1));
    key.spaceBefore = !flow && isMap(around) && around.items.length > 0;
    if (isMap(around)) around.add(document.createPair(key, node));
    else document.setIn(path, node);
    return true;
  }
  const list = document.getIn(path);
  if (isSeq(list) && (list.toJSON() as unknown[]).includes(value)) return false;
  if (isSeq(list)) list.add(value);
  else document.setIn(path, document.createNode([value], { flow: true }));
  return true;
}

function removeYaml(document: Document, { kind, path, value }: DataEdit): boolean {
  if (kind === 'set') return document.deleteIn(path);
  const list = document.getIn(path) as YAMLSeq | undefined;
  const at = isSeq(list) ? (list.toJSON() as unknown[]).indexOf(value) : -1;
  return at >= 0 && document.deleteIn([...path, at]);
}

function inJson(text: string, edit: DataEdit, change: (root: Json, edit: DataEdit) => boolean): Edited {
  let root: Json;
  try {
    root = JSON.parse(text) as Json;
  } catch {
    return byHand(edit);
  }
  return change(root, edit) ? { text: JSON.stringify(root, null, 2) + '\n' } : { text };
}

function addJson(root: Json, { kind, path, value }: DataEdit): boolean {
  const parent = path.slice(0, -1).reduce((at, key) => (at[key] ??= {}) as Json, root);
  const key = path.at(-1)!;
  if (kind === 'item') {
    const list = (parent[key] ??= []) as unknown[];
    if (list.some((item) => same(item, value))) return false;
    list.push(value);
    return true;
  }
  if (Object.hasOwn(parent, key)) return false;
  const before = Object.keys(parent).filter((other) => other > key);
  parent[key] = value;
  // Kept in order where it was in order, as npm keeps its lock file.
  for (const later of before) {
    const moved = parent[later];
    delete parent[later];
    parent[later] = moved;
  }
  return true;
}

function removeJson(root: Json, { kind, path, value }: DataEdit): boolean {
  const parent = path.slice(0, -1).reduce<Json | undefined>((at, key) => at?.[key] as Json | undefined, root);
  const key = path.at(-1)!;
  if (!parent || !Object.hasOwn(parent, key)) return false;
  if (kind === 'set') return delete parent[key];
  const list = parent[key] as unknown[];
  const at = list.findIndex((item) => same(item, value));
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const byHand = ({ kind, file, path, value }: DataEdit): Edited => ({
  byHand: `${file}: ${kind === 'set' ? `set ${path.join('.')} to` : `add to ${path.join('.')}:`} ${JSON.stringify(value)}`,
});
