import { MAX_BATCH } from '@msx/runtime';
import type { OnApplicationBootstrap, Type } from '@nestjs/common';
import {
  Args,
  createUnionType,
  Field,
  GraphQLSchemaHost,
  ObjectType,
  Query,
  Resolver,
} from '@nestjs/graphql';
import { GraphQLScalarType } from 'graphql';
import { MAX_ERRORS } from '../errors/bounded-errors.js';
import { RequestLoaders } from '../graphql/graphql-context.js';
import type { Entities, Loaders } from '../loaders/entity.js';
import { validationFailed } from '../validation/validation.pipe.js';
import { entityOf, problemIn } from './representation.js';
import { subgraphSdl } from '../schema/subgraph-sdl.js';

@ObjectType('_Service')
class SubgraphService {
  @Field()
  readonly sdl!: string;
}

const TOO_MANY = { field: 'representations', message: `must have at most ${MAX_BATCH} entries` };

/** Creating an error for each would block the event loop for tens of milliseconds. */
const TOO_MANY_INVALID = {
  field: 'representations',
  message: `must name an entity and have an id: more than ${MAX_ERRORS} do not`,
};

const Any = new GraphQLScalarType({ name: '_Any' });

/** The part of the specification that every subgraph implements: it prints its schema for composition. */
@Resolver()
class ServiceResolver implements OnApplicationBootstrap {
  private sdl = '';

  constructor(private readonly schemaHost: GraphQLSchemaHost) {}

  /** A gateway whose schema cannot be composed does not start. */
  onApplicationBootstrap(): void {
    this.sdl = subgraphSdl(this.schemaHost.schema);
  }

  @Query(() => SubgraphService, { name: '_service' })
  service(): SubgraphService {
    return { sdl: this.sdl };
  }
}

/**
 * Makes a schema an Apollo Federation 2 subgraph: prints it for composition, and resolves the entities that other subgraphs
 * refer to, if it has any. The specification is small enough to do without a library.
 *
 * @see https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 */
export function federationResolvers(entities: Entities): Type[] {
  const types = Object.values(entities).map(({ type }) => type);
  return types.length > 0 ? [ServiceResolver, entitiesResolver(types)] : [ServiceResolver];
}

function entitiesResolver(types: readonly Type[]): Type {
  const Entity = createUnionType({ name: '_Entity', types: () => types });

  @Resolver()
  class EntitiesResolver {
    /** Each entity is resolved on its own, so that one that fails is null and the others are returned. */
    @Query(() => [Entity], { name: '_entities', nullable: 'items' })
    entities(
      @Args('representations', { type: () => [Any] }) representations: unknown[],
      @RequestLoaders() loaders: Loaders,
    ): Promise<object | null>[] {
      if (representations.length > MAX_BATCH) throw validationFailed([TOO_MANY]);
      const invalid = representations.filter((one) => problemIn(one, loaders));
      if (invalid.length > MAX_ERRORS) throw validationFailed([TOO_MANY_INVALID]);
      return representations.map((representation) => entityOf(representation, loaders));
    }
  }
  return EntitiesResolver;
}
