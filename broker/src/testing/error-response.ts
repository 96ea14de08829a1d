import type { Api } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Field, Shape } from '../wire/field.js';

type Values = Record<string, unknown>;

interface Failure {
  readonly version: number;
  readonly errorCode: number;
  /** What the response contains in any case, such as the brokers in Metadata. */
  readonly known?: Values;
}

/**
 * The response to a request that failed as a whole, as `AbstractRequest.getErrorResponse` of Apache Kafka makes it:
 * the error is in every field for one, and what the request lists (topics, partitions, groups, …) is listed in the
 * response.
 */
export const errorResponse = ({ request, response, name }: Api, body: unknown, failure: Failure): Values => {
  const values = filled(response.shape, { shape: request.shape, values: body as Values }, failure);
  return { ...values, ...failure.known, ...(name === 'Fetch' && { errorCode: sessionError(failure) }) };
};

/** Fetch reports errors of its session for the whole response, and all others by partition (KIP-227). */
const SESSION_ERRORS: readonly number[] = [
  ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
  ErrorCode.INVALID_FETCH_SESSION_EPOCH,
  ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR,
];
const sessionError = ({ errorCode }: Failure): number =>
  SESSION_ERRORS.includes(errorCode) ? errorCode : ErrorCode.NONE;

/** A part of the request. */
interface Source {
  readonly shape: Shape;
  readonly values: Values;
}

/** The names of a partition's number in different messages. */
const PARTITION = ['partitionIndex', 'partition', 'index'];

const namesOf = (name: string): string[] => (PARTITION.includes(name) ? PARTITION : [name]);

const filled = (shape: Shape, source: Source, failure: Failure): Values => {
  const entries = Object.entries(shape)
    .filter(([, field]) => field.isIn(failure.version))
    .map(([name, field]) => {
      if (name === 'errorCode') return [name, failure.errorCode];
      const items = shapeOfItems(field);
      if (items && hasErrorCode(items, failure.version)) return [name, listed(items, source, failure)];
      return [name, copied(name, field, source)];
    });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
};

/** The value of the request's field with the same meaning, if that is not a list. */
const copied = (name: string, field: Field<unknown>, { shape, values }: Source): unknown => {
  const same = namesOf(name).find((each) => shape[each]?.type.kind === field.type.kind);
  return same === undefined || field.type.item || field.type.shape ? undefined : values[same];
};

/** One element for each element of the request's list that the response's list answers. */
const listed = (items: Shape, { shape, values }: Source, failure: Failure): Values[] => {
  const lists = Object.entries(shape).filter(
    ([name, field]) => field.type.item && field.isIn(failure.version) && Array.isArray(values[name]),
  );
  const [name, field] = lists.find(([, each]) => answers(items, each)) ?? [];
  if (name === undefined || !field) return [];
  const inner = shapeOfItems(field);
  return (values[name] as unknown[]).map((element) =>
    inner
      ? filled(items, { shape: inner, values: element as Values }, failure)
      : { ...filled(items, { shape: {}, values: {} }, failure), [keyOf(items, field)!]: element },
  );
};

/** Whether the elements of the response's list are named as those of the request's. */
const answers = (items: Shape, field: Field<unknown>): boolean => {
  const inner = shapeOfItems(field);
  if (!inner) return keyOf(items, field) !== undefined;
  return Object.keys(inner).some((name) =>
    namesOf(name).some((each) => items[each] !== undefined && !items[each].type.item),
  );
};

/** What a list of plain values names: the first field of their type that does not describe the error. */
const keyOf = (items: Shape, field: Field<unknown>): string | undefined =>
  Object.entries(items).find(
    ([name, { type }]) => type.kind === field.type.item!.kind && !name.startsWith('error'),
  )?.[0];

const shapeOfItems = (field: Field<unknown>): Shape | undefined => field.type.item?.shape;

const hasErrorCode = (shape: Shape, version: number): boolean =>
  Object.entries(shape).some(([name, field]) => {
    if (!field.isIn(version)) return false;
    const items = shapeOfItems(field);
    return name === 'errorCode' || (items !== undefined && hasErrorCode(items, version));
  });
