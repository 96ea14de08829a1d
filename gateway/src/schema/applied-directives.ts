import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  printSchema,
} from 'graphql';
import type {
  ConstDirectiveNode,
  DocumentNode,
  EnumTypeDefinitionNode,
  FieldDefinitionNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  InputValueDefinitionNode,
  TypeDefinitionNode,
} from 'graphql';

/** A part of a schema that can have directives, as declared by the resolvers. */
interface Declared {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null;
}

/** A schema as a document with all applied directives: graphql-js prints only its own. */
export function documentOf(schema: GraphQLSchema): DocumentNode {
  const document = parse(printSchema(schema), { noLocation: true });
  const definitions = document.definitions.map((node) => {
    const type = 'name' in node && node.name && schema.getType(node.name.value);
    return type ? typeWith(node as TypeDefinitionNode, type) : node;
  });
  return { ...document, definitions };
}

function typeWith(node: TypeDefinitionNode, type: GraphQLNamedType): TypeDefinitionNode {
  const whole = directed(node, type);
  if (whole.kind === Kind.ENUM_TYPE_DEFINITION && isEnumType(type)) {
    const values = whole.values?.map((value) => directed(value, type.getValue(value.name.value)));
    return { ...whole, values } satisfies EnumTypeDefinitionNode;
  }
  if (whole.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && isInputObjectType(type))
    return { ...whole, fields: inputs(whole.fields, type.getFields()) };
  if ('fields' in whole && (isObjectType(type) || isInterfaceType(type))) {
    const fields = (whole.fields as readonly FieldDefinitionNode[] | undefined)?.map((field) =>
      fieldWith(field, type.getFields()[field.name.value]!),
    );
    return { ...whole, fields } as TypeDefinitionNode;
  }
  return whole;
}

function fieldWith(node: FieldDefinitionNode, field: GraphQLField<unknown, unknown>): FieldDefinitionNode {
  const byName = Object.fromEntries(field.args.map((argument) => [argument.name, argument]));
  return { ...directed(node, field), arguments: inputs(node.arguments, byName) };
}

const inputs = (
  nodes: readonly InputValueDefinitionNode[] | undefined,
  declared: Readonly<Record<string, Declared>>,
) => nodes?.map((node) => directed(node, declared[node.name.value]));

/** Directives that the printer itself prints (@deprecated, @specifiedBy) are not repeated. */
function directed<Node extends { readonly directives?: readonly ConstDirectiveNode[] }>(
  node: Node,
  declared: Declared | null | undefined,
): Node {
  const printed = node.directives ?? [];
  const names = new Set(printed.map(({ name }) => name.value));
  const applied = declared?.astNode?.directives ?? [];
  return { ...node, directives: [...printed, ...applied.filter(({ name }) => !names.has(name.value))] };
}
