import { firstOf, nameOf, node, nodes } from './syntax.js';
import type { Place } from './place.js';
import type { Syntax } from './syntax.js';

/** A statement, member, property or element, with a key that identifies it among its siblings. */
export interface Part {
  readonly key: string;
  readonly node: Syntax;
  /** Where the part begins, with the comments on it. */
  readonly start: number;
}

/** Siblings of a file, a class, a function, an object or a list. */
export interface Parts extends Place {
  readonly all: readonly Part[];
}

/** The statements of a file except its imports. */
export function partsOfFile(text: string, statements: readonly Syntax[]): Parts {
  const own = statements.filter(({ type }) => type !== 'ImportDeclaration');
  const imports = statements.filter(({ type }) => type === 'ImportDeclaration');
  const from = imports.at(-1)?.range[1] ?? 0;
  return partsIn(text, { kind: 'members', range: [from, text.length], parts: own });
}

/** The parts inside a part; undefined when it has none. */
export function partsInside(text: string, { node: owner }: Part): Parts | undefined {
  const place = insideOf(owner);
  return place && partsIn(text, place);
}

function partsIn(text: string, place: Place): Parts {
  const ends = [place.range[0] + 1, ...place.parts.map(({ range }) => range[1])];
  const all = place.parts.map((each, n) => ({
    key: keyOf(text, each),
    node: each,
    start: startOf(text, ends[n]!, firstOffset(each)),
  }));
  return { ...place, all };
}

/** The decorators of an exported class precede its statement. */
function firstOffset(part: Syntax): number {
  const declared = node(part['declaration']) ?? part;
  return Math.min(part.range[0], ...nodes(declared['decorators']).map(({ range }) => range[0]));
}

/** Comments on lines of their own before a part belong to it. */
function startOf(text: string, from: number, to: number): number {
  const between = text.slice(from, to);
  const line = between.indexOf('\n');
  const comment = line < 0 ? -1 : between.slice(line).search(/\/[/*]/);
  return comment < 0 ? to : from + line + comment;
}

function insideOf(owner: Syntax): Place | undefined {
  const declared = node(owner['declaration']) ?? owner;
  const body = node(declared['body']);
  if (body && /^(ClassBody|TSInterfaceBody|TSEnumBody)$/.test(body.type))
    return members(body, body['body'] ?? body['members']);
  if (declared.type === 'TSEnumDeclaration') return members(declared, declared['members']);
  const [variable] = nodes(declared['declarations']);
  const method = declared.type === 'MethodDefinition' ? node(node(declared['value'])?.['body']) : undefined;
  const inner =
    variable?.['init'] ??
    method ??
    body ??
    declared['value'] ??
    declared['argument'] ??
    declared['expression'];
  return valuePlace(declared.type === 'ObjectExpression' ? declared : node(inner));
}

const members = ({ range }: Syntax, parts: unknown): Place => ({
  kind: 'members',
  range,
  parts: nodes(parts),
});

/** The object, list or block that a value is, or that the last argument of a call is. */
function valuePlace(value: Syntax | undefined): Place | undefined {
  switch (value?.type) {
    case 'ObjectExpression':
      return { kind: 'object', range: value.range, parts: nodes(value['properties']) };
    case 'ArrayExpression':
      return { kind: 'list', range: value.range, parts: nodes(value['elements']) };
    case 'BlockStatement':
      return members(value, value['body']);
    case 'CallExpression':
    case 'NewExpression':
      return valuePlace(nodes(value['arguments']).at(-1));
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return valuePlace(node(value['body']));
    default:
      return value && valuePlace(node(value['expression']) ?? node(value['argument']));
  }
}

/** The name of a declaration, member or property; for other statements, what they assign, call or are. */
function keyOf(text: string, part: Syntax): string {
  const declared = node(part['declaration']) ?? part;
  const [variable] = nodes(declared['declarations']);
  const named = node(variable?.['id'] ?? declared['id'] ?? declared['key']);
  if (named) return nameOf(named) ?? compact(text, named);
  if (part.type === 'ReturnStatement') return 'return';
  if (part.type === 'ObjectExpression') return nameOfObject(part) ?? compact(text, part);
  const expression = node(part['expression']);
  if (expression?.type === 'AssignmentExpression') return compact(text, node(expression['left'])!);
  const [title] = nodes(expression?.['arguments']);
  if (title?.type === 'Literal') return `${compact(text, node(expression!['callee'])!)} ${nameOf(title)}`;
  const inner = expression && valuePlace(expression);
  if (inner) return compact(text, { ...part, range: [part.range[0], inner.range[0]] });
  return compact(text, part);
}

/** An object in a list is identified by its name. */
function nameOfObject(object: Syntax): string | undefined {
  const name = nodes(object['properties']).find((each) => nameOf(each['key']) === 'name');
  return nameOf(firstOf('Literal', node(name?.['value'])));
}

const compact = (text: string, { range }: Syntax) => text.slice(...range).replace(/[\s;,]+/g, '');
