import { DATE_TIME_FORM, parseDateTime } from '@msx/runtime';
import { Scalar } from '@nestjs/graphql';
import type { CustomScalar } from '@nestjs/graphql';
import { GraphQLError, Kind } from 'graphql';
import type { ValueNode } from 'graphql';

/** All dates and times of the schema, in arguments, filters and responses. */
@Scalar('DateTime', () => Date)
export class DateTimeScalar implements CustomScalar<string, Date> {
  readonly description =
    'ISO 8601 date and time with a time zone, such as 2026-01-31T12:00:00.000Z. Truncated to milliseconds.';

  parseValue(value: unknown): Date {
    const date = typeof value === 'string' ? parseDateTime(value) : undefined;
    if (!date) throw new GraphQLError(`DateTime must be ${DATE_TIME_FORM}`);
    return date;
  }

  parseLiteral(node: ValueNode): Date {
    return this.parseValue(node.kind === Kind.STRING ? node.value : undefined);
  }

  serialize(value: unknown): string {
    return (value as Date).toISOString();
  }
}
