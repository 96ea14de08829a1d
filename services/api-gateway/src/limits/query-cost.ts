import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  valueFromASTUntyped,
} from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { MAX_LIMIT } from '../models/page.args.js';

/** What a list is taken to hold when no argument says how much: the items of an order are few. */
const ASSUMED_LENGTH = 10;

/** A valid operation, and what it is executed with. */
export interface Request {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * How many objects the answer to a valid operation holds at most. A list counts as many times as its `limit` says, or
 * as another argument has members (`representations`), or ten times; scalars come with their object. What `@skip` and
 * `@include` leave out counts as well.
 */
export function costOf(request: Request): number {
  const { schema, document, operation } = request;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  return new Bill(schema, fragments, variablesOf(request)).ofSelections(operation.selectionSet, root);
}

class Bill {
  private readonly known = new Map<string, number>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Record<string, unknown>,
  ) {}

  ofSelections({ selections }: SelectionSetNode, parent: GraphQLCompositeType): number {
    let cost = 0;
    for (const node of selections) {
      if (node.kind === Kind.FIELD) cost += this.ofField(node, parent);
      else if (node.kind === Kind.FRAGMENT_SPREAD) cost += this.ofFragment(node.name.value);
      else cost += this.ofSelections(node.selectionSet, this.typeOf(node.typeCondition?.name.value, parent));
    }
    return Math.min(cost, Number.MAX_SAFE_INTEGER);
  }

  private ofField(node: FieldNode, parent: GraphQLCompositeType): number {
    const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
    if (!field || !node.selectionSet) return 0;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return 0;
    const one = 1 + this.ofSelections(node.selectionSet, type);
    return isListType(getNullableType(field.type)) ? one * this.lengthOf(node, field) : one;
  }

  private ofFragment(name: string): number {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const { selectionSet, typeCondition } = this.fragments.get(name)!;
    const type = this.schema.getType(typeCondition.name.value);
    const cost = isCompositeType(type) ? this.ofSelections(selectionSet, type) : 0;
    this.known.set(name, cost);
    return cost;
  }

  private typeOf(name: string | undefined, parent: GraphQLCompositeType): GraphQLCompositeType {
    const type = name === undefined ? parent : this.schema.getType(name);
    return isCompositeType(type) ? type : parent;
  }

  private lengthOf({ arguments: given = [] }: FieldNode, { args }: GraphQLField<unknown, unknown>): number {
    for (const { name, type, defaultValue } of args) {
      const node = given.find((argument) => argument.name.value === name)?.value;
      const value = (node && valueFromASTUntyped(node, this.variables)) ?? defaultValue;
      if (name === 'limit') return pageLength(value);
      if (isListType(getNullableType(type))) return Array.isArray(value) ? value.length : 1;
    }
    return ASSUMED_LENGTH;
  }
}

/** More than the longest page is refused by the resolver, before it does any work. */
function pageLength(limit: unknown): number {
  return typeof limit === 'number' ? Math.min(Math.max(limit, 0), MAX_LIMIT) : MAX_LIMIT;
}

/** The values that variables have, their defaults included. */
function variablesOf({ operation, variables }: Request): Record<string, unknown> {
  const defaults = (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
    variable.name.value,
    defaultValue && valueFromASTUntyped(defaultValue),
  ]);
  return { ...Object.fromEntries(defaults), ...variables };
}
