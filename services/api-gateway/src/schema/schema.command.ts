import { StartupError } from '@msx/runtime';
import type { ServiceCommand } from '@msx/runtime';
import type { Type } from '@nestjs/common';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { AppModule } from '../app.module.js';
import { subgraphSdl } from '../federation/subgraph-sdl.js';

/**
 * `graphql schema [--federation]`: prints the schema, in an order that moving code about does not change, or what the
 * schema tells a composer of supergraphs. Of the service only what the resolvers declare is needed: nothing is
 * connected, nothing served.
 */
export const schemaCommand: ServiceCommand = {
  module: GraphQLSchemaBuilderModule,
  async run([command, ...args], app) {
    const federation = args.includes('--federation');
    if (command !== 'schema' || args.some((arg) => arg !== '--federation'))
      throw new StartupError('CONFIG_INVALID', 'usage: graphql schema [--federation]');
    const schema = await app.get(GraphQLSchemaFactory).create(classesOf(AppModule));
    return federation ? subgraphSdl(schema) : printSchema(lexicographicSortSchema(schema));
  },
};

/** Everything that a module provides as a class: those among them that are no resolvers declare nothing. */
function classesOf(module: Type): Type[] {
  const providers = Reflect.getMetadata('providers', module) as unknown[];
  return providers.filter((provider): provider is Type => typeof provider === 'function');
}
