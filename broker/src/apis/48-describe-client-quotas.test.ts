import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeClientQuotas } from './48-describe-client-quotas.js';
import { alterClientQuotas } from './49-alter-client-quotas.js';

const { start, connect } = brokers();

const [EXACT, DEFAULT, ANY] = [0, 1, 2];

const entity = (types: Record<string, string | null>) =>
  Object.entries(types).map(([entityType, entityName]) => ({ entityType, entityName }));

const types: Record<string, string | null>[] = [
  { user: 'u1' },
  { user: null },
  { user: 'u1', 'client-id': null },
  { 'client-id': 'c1' },
];
const entities = types.map(entity);

/** An entity as text, the same for all orders of its types. */
const names = (found: ReturnType<typeof entity>): string[] =>
  found.map(({ entityType, entityName }) => `${entityType}=${entityName}`).sort();

/** The filter of a request: type, how it has to match, and the name. */
type Component = [entityType: string, matchType: number, match: string | null];
const component = ([entityType, matchType, match]: Component) => ({ entityType, matchType, match });

const connected = async () => {
  const client = await connect(await start());
  const ops = [{ key: 'request_percentage', value: 12.5 }];
  await client.call(alterClientQuotas, 1, { entries: entities.map((one) => ({ entity: one, ops })) });
  return client;
};

describe('DescribeClientQuotas', () => {
  it.each<[boolean, Component[], number[]]>([
    [false, [], [0, 1, 2, 3]],
    [true, [], []],
    [false, [['user', ANY, null]], [0, 1, 2]],
    [true, [['user', ANY, null]], [0, 1]],
    [false, [['user', DEFAULT, null]], [1]],
    [false, [['user', EXACT, 'u1']], [0, 2]],
    [true, [['user', EXACT, 'u1']], [0]],
    [
      true,
      [
        ['user', EXACT, 'u1'],
        ['client-id', DEFAULT, null],
      ],
      [2],
    ],
    [false, [['ip', ANY, null]], []],
  ])('finds the entities that match, strict %s: %j', async (strict, components, expected) => {
    const client = await connected();
    const answer = await client.call(describeClientQuotas, 1, {
      components: components.map(component),
      strict,
    });
    expect(answer.errorCode).toBe(ErrorCode.NONE);
    expect(answer.entries!.map((found) => [names(found.entity), found.values])).toEqual(
      expected.map((index) => [names(entities[index]!), [{ key: 'request_percentage', value: 12.5 }]]),
    );
  });

  it.each<[string, Component[]]>([
    ['Unsupported entity type planet', [['planet', EXACT, 'u1']]],
    [
      'Entity type user cannot appear more than once in the filter.',
      [
        ['user', ANY, null],
        ['user', ANY, null],
      ],
    ],
    [
      'Invalid entity filter component combination',
      [
        ['user', ANY, null],
        ['ip', ANY, null],
      ],
    ],
    ['Unknown match type 9', [['user', 9, 'u1']]],
    ['Unknown match type -1', [['user', -1, 'u1']]],
    ['Request specified MATCH_TYPE_EXACT, but set match string to null.', [['user', EXACT, null]]],
    ['Request specified MATCH_TYPE_DEFAULT, but also specified', [['user', DEFAULT, 'u1']]],
    ['Invalid empty entity type.', [['', EXACT, 'u1']]],
  ])('refuses a filter: %s', async (message, components) => {
    const client = await connected();
    const answer = await client.call(describeClientQuotas, 1, { components: components.map(component) });
    const unsupported = message.startsWith('Unsupported');
    expect(answer).toMatchObject({
      errorCode: unsupported ? ErrorCode.UNSUPPORTED_VERSION : ErrorCode.INVALID_REQUEST,
      errorMessage: expect.stringContaining(message),
      entries: null,
    });
  });
});
