import { StartupError } from '@msx/runtime';
import type { HttpServiceOptions, ServiceCommand } from '@msx/runtime';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { subgraphSdl } from './subgraph-sdl.js';
import { printedSchema } from './printed-schema.js';
import { providedClasses } from './provided-classes.js';

/**
 * `graphql schema [--federation]`: prints the schema, sorted so that moving code does not change it, or as a subgraph for
 * composers. It needs only the declarations of the resolvers: it connects to nothing and serves nothing.
 */
export const schemaCommand = (module: HttpServiceOptions['module']): ServiceCommand => ({
  module: GraphQLSchemaBuilderModule,
  async run([command, ...args], app) {
    const federation = args.includes('--federation');
    if (command !== 'schema' || args.some((arg) => arg !== '--federation'))
      throw new StartupError('CONFIG_INVALID', 'usage: graphql schema [--federation]');
    const classes = await providedClasses(module);
    // The same classes as resolvers and as scalars: the factory picks the matching ones from each list.
    const schema = await app.get(GraphQLSchemaFactory).create(classes, classes);
    return federation ? subgraphSdl(schema) : printedSchema(schema);
  },
});
