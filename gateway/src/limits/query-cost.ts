import { MAX_LIMIT } from '@msx/runtime';
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
  SelectionNode,
  SelectionSetNode,
} from 'graphql';

/** The assumed length of a list without a length argument, such as the items of an order. */
const ASSUMED_LENGTH = 10;

/** A valid operation with its variables. */
export interface OperationRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The maximum number of objects in the response to a valid operation. A list counts as often as its `limit` says, or as the
 * `first` of its connection, or as another list argument has entries (`representations`), or ten times; scalars are free.
 * Fields that `@skip` or `@include` leave out count as well.
 */
export function costOf(request: OperationRequest): number {
  const { schema, document, operation } = request;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  return new CostCounter(schema, fragments, variablesOf(request)).ofSelections(operation.selectionSet, root);
}

type Field = GraphQLField<unknown, unknown>;

class CostCounter {
  private readonly fragmentCosts = new Map<string, number>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Record<string, unknown>,
  ) {}

  /** @param length the assumed length of lists that have no length argument of their own */
  ofSelections(
    { selections }: SelectionSetNode,
    parent: GraphQLCompositeType,
    length = ASSUMED_LENGTH,
  ): number {
    let cost = 0;
    for (const node of selections) cost += this.ofSelection(node, parent, length);
    return Math.min(cost, Number.MAX_SAFE_INTEGER);
  }

  private ofSelection(node: SelectionNode, parent: GraphQLCompositeType, length: number): number {
    if (node.kind === Kind.FIELD) return this.ofField(node, parent, length);
    if (node.kind === Kind.FRAGMENT_SPREAD) return this.ofFragment(node.name.value, length);
    const type = this.typeOf(node.typeCondition?.name.value, parent);
    return this.ofSelections(node.selectionSet, type, length);
  }

  private ofField(node: FieldNode, parent: GraphQLCompositeType, length: number): number {
    const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
    if (!field || !node.selectionSet) return 0;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return 0;
    const isList = isListType(getNullableType(field.type));
    const own = this.lengthOf(node, field);
    const one = 1 + this.ofSelections(node.selectionSet, type, isList ? undefined : own);
    return isList ? one * (own ?? length) : one;
  }

  private ofFragment(name: string, length: number): number {
    const key = `${name} ${length}`;
    const counted = this.fragmentCosts.get(key);
    if (counted !== undefined) return counted;
    const { selectionSet, typeCondition } = this.fragments.get(name)!;
    const type = this.schema.getType(typeCondition.name.value);
    const cost = isCompositeType(type) ? this.ofSelections(selectionSet, type, length) : 0;
    this.fragmentCosts.set(key, cost);
    return cost;
  }

  private typeOf(name: string | undefined, parent: GraphQLCompositeType): GraphQLCompositeType {
    const type = name === undefined ? parent : this.schema.getType(name);
    return isCompositeType(type) ? type : parent;
  }

  /** The length of a list according to its arguments, or to those of its connection. */
  private lengthOf({ arguments: nodes = [] }: FieldNode, field: Field): number | undefined {
    const isList = isListType(getNullableType(field.type));
    for (const { name, type, defaultValue } of field.args) {
      const node = nodes.find((argument) => argument.name.value === name)?.value;
      const value = (node && valueFromASTUntyped(node, this.variables)) ?? defaultValue;
      if (name === (isList ? 'limit' : 'first')) return pageLength(value);
      if (isList && isListType(getNullableType(type))) return Array.isArray(value) ? value.length : 1;
    }
    return undefined;
  }
}

/** Capped, since the resolver refuses longer pages before it does any work. */
function pageLength(limit: unknown): number {
  return typeof limit === 'number' ? Math.min(Math.max(limit, 0), MAX_LIMIT) : MAX_LIMIT;
}

/** The values of the variables, including defaults. */
function variablesOf({ operation, variables }: OperationRequest): Record<string, unknown> {
  const defaults = (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
    variable.name.value,
    defaultValue && valueFromASTUntyped(defaultValue),
  ]);
  return { ...Object.fromEntries(defaults), ...variables };
}
