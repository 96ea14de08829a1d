import { declarationsOf, firstOf, nameOf, node, nodes, within } from './syntax.js';
import type { Where } from './edit.js';
import type { Syntax } from './syntax.js';

/** A range of sibling nodes that an edit can add to. */
export interface Place {
  readonly kind: 'list' | 'object' | 'members';
  /** Including the brackets. */
  readonly range: readonly [number, number];
  readonly parts: readonly Syntax[];
}

/** The place that `where` refers to, if it exists. */
export function placeOf(statements: readonly Syntax[], where: Where): Place | undefined {
  switch (where.at) {
    case 'interface':
      return members(declared(statements, 'TSInterfaceDeclaration', where.name));
    case 'class':
      return members(declared(statements, 'ClassDeclaration', where.name));
    case 'methods':
      return members(declared(statements, 'ClassDeclaration', where.class));
    case 'call-list':
      return list(optionOf(statements, where)?.['value']);
    case 'call-option':
      return undefined;
    case 'list':
      return list(firstOf('ArrayExpression', variable(statements, where.variable)));
    case 'properties':
      return object(firstOf('ObjectExpression', variable(statements, where.variable)));
    case 'decorator-list':
      return list(propertyOf(decoratorOptions(statements, where), where.property)?.['value']);
    case 'object': {
      const owner = node(declared(statements, 'ClassDeclaration', where.class)?.['body']);
      const member = nodes(owner?.['body']).find((each) => nameOf(each['key']) === where.member);
      return object(firstOf('ObjectExpression', member && (firstOf('ReturnStatement', member) ?? member)));
    }
  }
}

const declared = (statements: readonly Syntax[], type: string, name: string) =>
  declarationsOf(statements).find((each) => each.type === type && nameOf(each['id']) === name);

const variable = (statements: readonly Syntax[], name: string) =>
  declarationsOf(statements)
    .flatMap((each) => nodes(each['declarations']))
    .find((each) => nameOf(each['id']) === name);

const members = (owner: Syntax | undefined): Place | undefined => {
  const body = node(owner?.['body']);
  return body && { kind: 'members', range: body.range, parts: nodes(body['body']) };
};

const list = (value: unknown): Place | undefined => {
  const found = node(value);
  if (found?.type !== 'ArrayExpression') return undefined;
  return { kind: 'list', range: found.range, parts: nodes(found['elements']) };
};

const object = (found: Syntax | undefined): Place | undefined =>
  found && { kind: 'object', range: found.range, parts: nodes(found['properties']) };

/** The options object of a decorator of a class. */
export function decoratorPlace(
  statements: readonly Syntax[],
  where: { class: string; decorator: string },
): Place | undefined {
  return object(decoratorOptions(statements, where));
}

function decoratorOptions(
  statements: readonly Syntax[],
  where: { class: string; decorator: string },
): Syntax | undefined {
  const decorators = nodes(declared(statements, 'ClassDeclaration', where.class)?.['decorators']);
  const calls = decorators.map(({ expression }) => node(expression));
  return optionsOf(calls.find((call) => nameOf(call?.['callee']) === where.decorator));
}

/** An option of a call: the property of its options object. */
export function optionOf(
  statements: readonly Syntax[],
  { call, property }: { call: string; property: string },
): Syntax | undefined {
  const calls = statements
    .flatMap((each) => [...within(each)])
    .filter(({ type }) => type === 'CallExpression');
  return propertyOf(optionsOf(calls.find((each) => pathOf(each['callee']) === call)), property);
}

const optionsOf = (call: Syntax | undefined) =>
  nodes(call?.['arguments']).find(({ type }, n) => n === 0 && type === 'ObjectExpression');

const propertyOf = (options: Syntax | undefined, name: string) =>
  nodes(options?.['properties']).find((each) => each.type === 'Property' && nameOf(each['key']) === name);

/** `a.b` of a member expression. */
function pathOf(value: unknown): string | undefined {
  const found = node(value);
  if (found?.type !== 'MemberExpression') return nameOf(found);
  return `${pathOf(found['object'])}.${nameOf(found['property'])}`;
}
