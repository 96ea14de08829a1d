import { GraphQLEnumType, GraphQLInputObjectType, getNullableType, isListType } from 'graphql';
import type { GraphQLField, GraphQLInputType, GraphQLNamedType, GraphQLSchema } from 'graphql';

/** An argument of a root field, or a field within one, by its path: `filter.status`, `items.productId`. */
export interface SchemaInput {
  readonly operation: 'query' | 'mutation';
  readonly field: GraphQLField<unknown, unknown>;
  readonly path: readonly string[];
  /** Without the non-null wrapper. */
  readonly type: GraphQLInputType;
}

/** All inputs of a schema's queries and mutations, at any depth. */
export function inputsIn(schema: GraphQLSchema): SchemaInput[] {
  return (['query', 'mutation'] as const).flatMap((operation) => {
    const root = operation === 'query' ? schema.getQueryType() : schema.getMutationType();
    return Object.values(root?.getFields() ?? {}).flatMap((field) =>
      field.args.flatMap(({ name, type }) =>
        within(type, [name]).map((found) => ({ ...found, operation, field })),
      ),
    );
  });
}

function within(inputType: GraphQLInputType, path: readonly string[]): Pick<SchemaInput, 'path' | 'type'>[] {
  const type = getNullableType(inputType);
  if (isListType(type)) return [{ path, type }, ...within(type.ofType, path)];
  if (!(type instanceof GraphQLInputObjectType)) return [{ path, type }];
  const fields = Object.values(type.getFields());
  return [{ path, type }, ...fields.flatMap((field) => within(field.type, [...path, field.name]))];
}

/** A valid request, except for the value of one input. */
export function requestWith({ operation, field, path }: SchemaInput, value: unknown) {
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = /^[[\]!]*(Int|Float|String|Boolean|ID)[[\]!]*$/.test(String(field.type))
    ? ''
    : '{ __typename }';
  const variables = Object.fromEntries(field.args.map(({ name, type }) => [name, sampleOf(type)]));
  put(variables, path, value);
  return { query: `${operation} (${declared}) { ${field.name}(${passed}) ${selection} }`, variables };
}

/** A valid value; strings are e-mail addresses, and long enough for a password. */
export function sampleOf(inputType: GraphQLInputType): unknown {
  const type = getNullableType(inputType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (type instanceof GraphQLEnumType) return type.getValues()[0]!.name;
  if (type instanceof GraphQLInputObjectType)
    return Object.fromEntries(
      Object.values(type.getFields()).map((field) => [field.name, sampleOf(field.type)]),
    );
  const samples: Record<string, unknown> = {
    Boolean: true,
    Int: 1,
    Float: 1,
    DateTime: '2026-01-31T12:00:00Z',
    _Any: { __typename: 'Nothing', id: '1' },
  };
  return samples[(type as GraphQLNamedType).name] ?? 'jane@example.com';
}

function put(container: Record<string, unknown>, [name, ...rest]: readonly string[], value: unknown): void {
  const inner = container[name!];
  if (rest.length === 0)
    container[name!] = Array.isArray(inner) && typeof value === 'string' ? [value] : value;
  else put((Array.isArray(inner) ? inner[0] : inner) as Record<string, unknown>, rest, value);
}
