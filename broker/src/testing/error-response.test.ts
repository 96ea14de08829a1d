import { describe, expect, it } from '@jest/globals';
import { fetch } from '../apis/01-fetch.js';
import { produce } from '../apis/00-produce.js';
import { metadata } from '../apis/03-metadata.js';
import { deleteTopics } from '../apis/20-delete-topics.js';
import { describeGroups } from '../apis/15-describe-groups.js';
import { offsetFetch } from '../apis/09-offset-fetch.js';
import { registry } from '../apis/registry.js';
import { wireOf, type Api } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Field, Shape } from '../wire/field.js';
import { Reader } from '../wire/reader.js';
import { Writer } from '../wire/writer.js';
import { errorResponse } from './error-response.js';

const errorCode = ErrorCode.NOT_LEADER_OR_FOLLOWER;

/** A request that has one element in every list. */
const requestOf = (shape: Shape, version: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(shape)
      .filter(([, field]) => field.isIn(version))
      .map(([name, field]) => [name, valueOf(field, version)]),
  );

const valueOf = (field: Field<unknown>, version: number): unknown => {
  const { item, kind } = field.type;
  if (item) return [item.shape ? requestOf(item.shape, version) : item.kind === 'string' ? 'name' : 7];
  return kind === 'string' ? 'name' : field.absent();
};

/** The response as a client decodes it. */
const decoded = (api: Api, version: number, body: object): Record<string, unknown> => {
  const wire = wireOf(api, version);
  const writer = new Writer();
  api.response.write(writer, errorResponse(api, body, { version, errorCode }), wire);
  const reader = new Reader(Buffer.concat(writer.chunks()));
  const response = api.response.read(reader, wire);
  expect(reader.rest).toBe(0);
  return response;
};

const versions = registry.flatMap(({ api }) => {
  const [first, last] = api.versions;
  return Array.from({ length: last - first + 1 }, (_, n) => [api.name, first + n, api] as const);
});

describe('an error response', () => {
  it.each(versions)('of %s %d contains the error, and can be decoded', (_, version, api) => {
    const response = decoded(api, version, requestOf(api.request.shape, version));
    const codes = JSON.stringify(response).match(/"errorCode":\d+/g) ?? [];
    expect(codes).toContain(`"errorCode":${errorCode}`);
  });

  it('lists the topics, partitions and groups of the request', () => {
    const of = (api: unknown, version: number, body: object) => decoded(api as Api, version, body);
    const topicData = [{ name: 't', partitionData: [{ index: 3 }, { index: 4 }] }];
    expect(of(produce, 9, { topicData })).toMatchObject({
      responses: [
        {
          name: 't',
          partitionResponses: [
            { index: 3, errorCode },
            { index: 4, errorCode },
          ],
        },
      ],
    });
    expect(of(metadata, 9, { topics: [{ name: 't' }] })).toMatchObject({
      topics: [{ name: 't', errorCode }],
    });
    expect(of(deleteTopics, 5, { topicNames: ['t'] })).toMatchObject({
      responses: [{ name: 't', errorCode }],
    });
    expect(of(describeGroups, 6, { groups: ['g'] })).toMatchObject({ groups: [{ groupId: 'g', errorCode }] });
    const topics = [{ name: 't', partitionIndexes: [5] }];
    expect(of(offsetFetch, 9, { groups: [{ groupId: 'g', topics }] })).toMatchObject({
      groups: [
        { groupId: 'g', errorCode, topics: [{ name: 't', partitions: [{ partitionIndex: 5, errorCode }] }] },
      ],
    });
  });

  it('of Fetch has only session errors for the whole response', () => {
    const body = { topics: [{ topic: 't', partitions: [{ partition: 1 }] }] };
    const values = errorResponse(fetch as unknown as Api, body, { version: 12, errorCode });
    expect(values).toMatchObject({
      errorCode: 0,
      responses: [{ topic: 't', partitions: [{ partitionIndex: 1, errorCode }] }],
    });
    const session = ErrorCode.FETCH_SESSION_ID_NOT_FOUND;
    const lost = errorResponse(fetch as unknown as Api, body, { version: 12, errorCode: session });
    expect(lost).toMatchObject({ errorCode: session });
  });
});
