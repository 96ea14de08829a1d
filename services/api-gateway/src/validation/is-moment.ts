import { ValidateBy } from 'class-validator';

/** What a protobuf Timestamp may hold. */
const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** Accepts a date: GraphQL's scalar makes one, invalid, of whatever it is given. */
export function IsMoment(): PropertyDecorator {
  return ValidateBy({
    name: 'isMoment',
    validator: {
      validate: (value) => value instanceof Date && value.getTime() >= FIRST && value.getTime() <= LAST,
      defaultMessage: () => 'must be a date and time such as 2026-01-31T12:00:00Z',
    },
  });
}
