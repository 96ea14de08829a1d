import { diff } from '@graphql-inspector/core';
import { buildSchema, DirectiveLocation } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { MsxError } from '../../terminal/errors/msx-error.js';

const LEVELS = { BREAKING: 'breaking', DANGEROUS: 'dangerous', NON_BREAKING: 'harmless' } as const;

/** `dangerous`: clients that are not prepared may break, for example on a new enum value. */
export type ChangeLevel = (typeof LEVELS)[keyof typeof LEVELS];

export interface SchemaChange {
  readonly level: ChangeLevel;
  readonly message: string;
  /** `Query.users.page` */
  readonly path?: string;
  /** Why the change has this level. */
  readonly reason?: string;
}

/** The changes between two schemas, the worst first. Throws SCHEMA_INVALID. */
export async function compareSchemas(before: NamedSchema, after: NamedSchema): Promise<SchemaChange[]> {
  const [old, current] = [parse(before), parse(after)];
  const changes = (await diff(old, current)).filter(({ path }) => !isForToolsOnly(path, [old, current]));
  const order = Object.values(LEVELS);
  return changes
    .map(({ criticality, message, path }) => ({
      level: LEVELS[criticality.level],
      message,
      path,
      reason: criticality.reason,
    }))
    .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

/** Whether a path is the definition of a directive that only tools read: clients are affected at most by its use. */
function isForToolsOnly(path: string | undefined, schemas: readonly GraphQLSchema[]): boolean {
  const [, name] = path?.match(/^@(\w+)/) ?? [];
  const locations = schemas.flatMap((schema) => (name && schema.getDirective(name)?.locations) || []);
  return locations.length > 0 && !locations.some((location) => CLIENT_LOCATIONS.has(location));
}

/** The locations where clients can apply a directive. */
const CLIENT_LOCATIONS: ReadonlySet<DirectiveLocation> = new Set([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.SUBSCRIPTION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
]);

export interface NamedSchema {
  readonly name: string;
  readonly text: string;
}

function parse({ name, text }: NamedSchema) {
  try {
    return buildSchema(text);
  } catch (error) {
    throw new MsxError('SCHEMA_INVALID', { name, reason: (error as Error).message });
  }
}
