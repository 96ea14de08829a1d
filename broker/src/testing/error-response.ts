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
 * The response to a request that failed as a whole, as `AbstractRequest.getErrorResponse` of Apache Kafka makes it: the
 * error is in the first field for one, for each topic, partition or group that the request lists, and there are no
 * results.
 */
export const errorResponse = ({ request, response, name }: Api, body: unknown, failure: Failure): Values => {
  const lists = LISTING.includes(name);
  const source = { shape: request.shape, values: body as Values, isRoot: true };
  const values = filled(response.shape, source, { ...failure, lists });
  return { ...values, ...failure.known, ...(name === 'Fetch' && { errorCode: sessionError(failure) }) };
};

/** These have the error for what they list, although they also have a field for one of the whole response. */
const LISTING = ['Fetch', 'Metadata'];

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
  readonly isRoot?: boolean;
}

/** How a response is filled. */
interface Filling extends Failure {
  readonly lists: boolean;
}

/** `errorCode`, and in some messages `partitionErrorCode`; a tagged one is about something else. */
const isErrorCode = (name: string, { presence }: Field<unknown>): boolean =>
  /errorCode$/i.test(name) && presence.tag === undefined;

/** The names of a partition's number in different messages. */
const PARTITION = ['partitionIndex', 'partition', 'index'];

const namesOf = (name: string): string[] => (PARTITION.includes(name) ? PARTITION : [name]);

const filled = (shape: Shape, source: Source, filling: Filling): Values => {
  const present = Object.entries(shape).filter(([, field]) => field.isIn(filling.version));
  const hasOwn = present.some(([name, field]) => isErrorCode(name, field));
  // Without a list in the request, as in DescribeLogDirs, one element has the error.
  const entries = present.map(([name, field]) => {
    if (isErrorCode(name, field)) return [name, filling.errorCode];
    const items = shapeOfItems(field);
    if (items && (!hasOwn || filling.lists) && hasErrorCode(items, filling.version))
      return [name, listed(items, source, filling) ?? (hasOwn ? [] : [filled(items, NOTHING, filling)])];
    return [name, idOf(name, field, source) ?? resultOf(name, field)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
};

/** What an element is called, as in the request: a name, an id or a partition. Other numbers are results. */
const idOf = (name: string, { type }: Field<unknown>, { shape, values, isRoot }: Source): unknown => {
  const same = namesOf(name).find((each) => shape[each]?.type.kind === type.kind);
  const isId = ['string', 'uuid', 'int8'].includes(type.kind) || PARTITION.includes(name);
  return same === undefined || !isId || isRoot ? undefined : values[same];
};

/** A field without a result: -1 for numbers, and null for what may be null. */
const resultOf = (name: string, { type, presence }: Field<unknown>): unknown => {
  if (presence.tag !== undefined || NOT_RESULTS.includes(name)) return undefined;
  if (['int16', 'int32', 'int64'].includes(type.kind)) return -1;
  return type.kind === 'string' && presence.nullable < Infinity ? null : undefined;
};

const NOT_RESULTS = [
  'throttleTimeMs',
  'sessionId',
  'topicAuthorizedOperations',
  'clusterAuthorizedOperations',
  'authorizedOperations',
];

/** One element for each of the request's list that the response's list answers; undefined if there is no such list. */
const listed = (items: Shape, { shape, values }: Source, filling: Filling): Values[] | undefined => {
  const lists = Object.entries(shape).filter(([, field]) => field.type.item && field.isIn(filling.version));
  const [name, field] = lists.find(([, each]) => answers(items, each)) ?? [];
  if (name === undefined || !field) return undefined;
  const inner = shapeOfItems(field);
  return ((values[name] ?? []) as unknown[]).map((element) =>
    inner
      ? filled(items, { shape: inner, values: element as Values }, filling)
      : { ...filled(items, NOTHING, filling), [keyOf(items, field)!]: element },
  );
};

const NOTHING: Source = { shape: {}, values: {} };

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
    return isErrorCode(name, field) || (items !== undefined && hasErrorCode(items, version));
  });
