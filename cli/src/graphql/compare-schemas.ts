import { diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { MsxError } from '../errors/msx-error.js';

const LEVELS = { BREAKING: 'breaking', DANGEROUS: 'dangerous', NON_BREAKING: 'harmless' } as const;

/** `dangerous`: clients that are careless may break, of a new value of an enum for example. */
export type ChangeLevel = (typeof LEVELS)[keyof typeof LEVELS];

export interface SchemaChange {
  readonly level: ChangeLevel;
  readonly message: string;
  /** `Query.users.page` */
  readonly path?: string;
  /** What makes it so. */
  readonly reason?: string;
}

/** What has changed from one schema to another, the worst first. Throws SCHEMA_INVALID. */
export async function compareSchemas(before: NamedSchema, after: NamedSchema): Promise<SchemaChange[]> {
  const changes = await diff(parse(before), parse(after));
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
