import type { GqlModuleOptions } from '@nestjs/graphql';

/**
 * How one entity leads to another, by the request's loaders. Functions and no resolvers of Nest: guards and pipes have
 * nothing to say of them, and an answer follows a relation as often as it has rows.
 */
export const relations = {} satisfies GqlModuleOptions['resolvers'];
