import { Args, createUnionType, Field, Info, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { GraphQLScalarType } from 'graphql';
import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { RequestLoaders } from '../graphql/graphql-context.js';
import type { Loaders } from '../loaders/loaders.js';
import { Order } from '../models/order.model.js';
import { Product } from '../models/product.model.js';
import { User } from '../models/user.model.js';
import { entityOf } from './representation.js';
import type { AnyEntity } from './representation.js';
import { subgraphSdl } from './subgraph-sdl.js';

@ObjectType('_Service')
class SubgraphService {
  @Field()
  readonly sdl!: string;
}

const Entity = createUnionType({ name: '_Entity', types: () => [User, Product, Order] as const });
const Any = new GraphQLScalarType({ name: '_Any' });

/**
 * What makes this schema an Apollo Federation 2 subgraph: it prints itself for composition, and answers the entities
 * that other subgraphs refer to. The specification is small enough to need no library.
 *
 * @see https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 */
@Resolver()
export class FederationResolver {
  private readonly printed = new WeakMap<GraphQLSchema, string>();

  @Query(() => SubgraphService, { name: '_service' })
  service(@Info() { schema }: GraphQLResolveInfo): SubgraphService {
    const sdl = this.printed.get(schema) ?? subgraphSdl(schema);
    this.printed.set(schema, sdl);
    return { sdl };
  }

  /** Each entity is loaded by itself, so that one that fails is null and the others are answered. */
  @Query(() => [Entity], { name: '_entities', nullable: 'items' })
  entities(
    @Args('representations', { type: () => [Any] }) representations: unknown[],
    @RequestLoaders() loaders: Loaders,
  ): Promise<AnyEntity | null>[] {
    return representations.map((representation) => entityOf(representation, loaders));
  }
}
