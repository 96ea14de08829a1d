import {
  Args,
  ArgsType,
  createUnionType,
  Directive,
  Field,
  GraphQLSchemaBuilderModule,
  GraphQLSchemaFactory,
  ID,
  InputType,
  InterfaceType,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import { GraphQLScalarType, parse } from 'graphql';
import type { GraphQLSchema, ScalarTypeDefinitionNode } from 'graphql';

export const tag = (name: string) => `@tag(name: "${name}")`;

enum Colour {
  RED,
  BLUE,
}
registerEnumType(Colour, {
  name: 'Colour',
  directives: [tag('enum')],
  valuesMap: { RED: { directives: [tag('value')] }, BLUE: { deprecationReason: 'faded' } },
});

const Isbn = new GraphQLScalarType({
  name: 'Isbn',
  astNode: parse(`scalar Isbn ${tag('scalar')}`).definitions[0] as ScalarTypeDefinitionNode,
});

@InterfaceType()
@Directive(tag('interface'))
abstract class Titled {
  @Field()
  @Directive(tag('of-interface'))
  title!: string;
}

@ObjectType({ implements: () => [Titled] })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "isbn", resolvable: false)')
class Book extends Titled {
  @Field(() => ID)
  id!: string;

  @Field(() => Isbn)
  isbn!: string;

  @Field(() => Colour, { deprecationReason: 'has none' })
  @Directive('@shareable')
  @Directive('@deprecated(reason: "not this one")')
  colour!: Colour;

  @Field({ nullable: true })
  @Directive('@inaccessible')
  @Directive('@deprecated(reason: "never sold")')
  cost?: number;
}

@ObjectType()
@Directive('@shareable')
class Shelf {
  @Field()
  label!: string;
}

const Thing = createUnionType({
  name: 'Thing',
  types: () => [Book, Shelf] as const,
  directives: [tag('union')],
});

@InputType()
@Directive(tag('input'))
class BookRequest {
  @Field()
  @Directive(tag('of-input'))
  title!: string;
}

@ArgsType()
class ThingsArgs {
  @Field(() => BookRequest, { nullable: true })
  @Directive(tag('argument'))
  request?: BookRequest;
}

@Resolver(() => Book)
class BookResolver {
  @Query(() => [Thing])
  @Directive(tag('query'))
  things(@Args() _: ThingsArgs): Book[] {
    return [];
  }
}

/** A schema of books with a directive in every possible location. */
export async function directedSchema(): Promise<GraphQLSchema> {
  const module = await Test.createTestingModule({ imports: [GraphQLSchemaBuilderModule] }).compile();
  return module.get(GraphQLSchemaFactory).create([BookResolver]);
}
