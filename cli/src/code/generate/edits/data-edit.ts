import { isMap, isSeq, parseDocument } from 'yaml';
import type { Document, Node, YAMLMap, YAMLSeq } from 'yaml';
import type { DataEdit, EditResult } from './edit.js';

type Json = Record<string, unknown>;

/** The text with the edit; unchanged when it already contains the edit. Comments and order are kept. */
export function addData(text: string, edit: DataEdit): EditResult {
  if (!edit.file.endsWith('.json')) return inYaml(text, edit, addYaml);
  return edit.kind === 'item' ? inJsonList(text, edit, addItem) : inJson(text, edit, addJson);
}

/** The text without the edit; unchanged when it does not contain the edit. */
export function removeData(text: string, edit: DataEdit): EditResult {
  if (!edit.file.endsWith('.json')) return inYaml(text, edit, removeYaml);
  return edit.kind === 'item' ? inJsonList(text, edit, removeItem) : inJson(text, edit, removeJson);
}

function inYaml(
  text: string,
  edit: DataEdit,
  change: (document: Document, edit: DataEdit) => boolean,
): EditResult {
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
    // In flow style when its siblings are, otherwise a block whose collections are in flow style.
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
    else addSection(document, path, node);
    return true;
  }
  const list = document.getIn(path);
  if (isSeq(list) && (list.toJSON() as unknown[]).includes(value)) return false;
  if (isSeq(list)) list.add(value);
  else document.setIn(path, document.createNode([value], { flow: true }));
  return true;
}

/** The first entry of a section: topics are placed before the services, one line each. */
function addSection(document: Document, path: readonly string[], node: YAMLMap): void {
  const root = document.contents;
  const [section, ...rest] = path;
  const services = isMap(root) ? root.items.findIndex(({ key }) => String(key) === 'services') : -1;
  if (section !== 'topics' || rest.length !== 1 || !isMap(root) || services < 0)
    return void document.setIn(path, node);
  node.flow = true;
  const key = document.createNode(section);
  key.spaceBefore = true;
  const topics = document.createNode({}) as YAMLMap;
  topics.add(document.createPair(rest[0], node));
  root.items.splice(services, 0, document.createPair(key, topics) as (typeof root.items)[number]);
}

/** A collection that becomes empty is removed, too: it was added with the edit. */
function removeYaml(document: Document, { kind, path, value }: DataEdit): boolean {
  if (kind === 'set') {
    const parent = path.slice(0, -1);
    return document.hasIn(path) && document.deleteIn(isAlone(document.getIn(parent)) ? parent : path);
  }
  const list = document.getIn(path);
  const at = isSeq(list) ? (list.toJSON() as unknown[]).indexOf(value) : -1;
  return at >= 0 && document.deleteIn(isAlone(list) ? path : [...path, at]);
}

const isAlone = (around: unknown) => (isMap(around) || isSeq(around)) && around.items.length === 1;

/** Whether a list in a YAML text has any items. */
export function hasItems(text: string, path: readonly string[]): boolean {
  const list = parseDocument(text).getIn(path);
  return isSeq(list) && list.items.length > 0;
}

function inJson(text: string, edit: DataEdit, change: (root: Json, edit: DataEdit) => boolean): EditResult {
  let root: Json;
  try {
    root = JSON.parse(text) as Json;
  } catch {
    return byHand(edit);
  }
  return change(root, edit) ? { text: JSON.stringify(root, null, 2) + '\n' } : { text };
}

function addJson(root: Json, { path, value }: DataEdit): boolean {
  const parent = path.slice(0, -1).reduce((at, key) => (at[key] ??= {}) as Json, root);
  const key = path.at(-1)!;
  if (Object.hasOwn(parent, key)) return false;
  const before = Object.keys(parent).filter((other) => other > key);
  parent[key] = value;
  // Keeps sorted keys sorted, as npm does in its lock file.
  for (const later of before) {
    const moved = parent[later];
    delete parent[later];
    parent[later] = moved;
  }
  return true;
}

function removeJson(root: Json, { path }: DataEdit): boolean {
  const parent = path.slice(0, -1).reduce<Json | undefined>((at, key) => at?.[key] as Json | undefined, root);
  const key = path.at(-1)!;
  return parent !== undefined && Object.hasOwn(parent, key) && delete parent[key];
}

/** JSON is YAML, whose parser reports the position of each item, so that the rest of the text is kept as written. */
function inJsonList(
  text: string,
  edit: DataEdit,
  change: (text: string, list: YAMLSeq<Node>, value: unknown) => string,
): EditResult {
  const document = parseDocument(text);
  const list = document.errors.length > 0 ? undefined : document.getIn(edit.path);
  return isSeq(list) ? { text: change(text, list as YAMLSeq<Node>, edit.value) } : byHand(edit);
}

function addItem(text: string, list: YAMLSeq<Node>, value: unknown): string {
  if (positionOf(list, value) >= 0) return text;
  const written = JSON.stringify(value).replace(/^\{(.*)\}$/, '{ $1 }');
  const last = list.items.at(-1);
  const at = last ? last.range![1] : list.range![0] + 1;
  return text.slice(0, at) + (last ? ', ' : '') + written + text.slice(at);
}

function removeItem(text: string, list: YAMLSeq<Node>, value: unknown): string {
  const at = positionOf(list, value);
  if (at < 0) return text;
  const [item, before, after] = [list.items[at]!, list.items[at - 1], list.items[at + 1]];
  const from = before ? before.range![1] : item.range![0];
  const to = before || !after ? item.range![1] : after.range![0];
  return text.slice(0, from) + text.slice(to);
}

const positionOf = (list: YAMLSeq<Node>, value: unknown) =>
  (list.toJSON() as unknown[]).findIndex((item) => same(item, value));

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const byHand = ({ kind, file, path, value }: DataEdit): EditResult => ({
  byHand: `${file}: ${kind === 'set' ? `set ${path.join('.')} to` : `add to ${path.join('.')}:`} ${JSON.stringify(value)}`,
});
