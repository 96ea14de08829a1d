import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ConfigSource } from '../settings/config-source.js';
import type { Api } from '../wire/api.js';
import { registry } from './registry.js';

interface Question {
  readonly api: string;
  readonly version: number;
  readonly request: Record<string, unknown>;
  readonly response: object;
}

/** A conversation with Apache Kafka 4.3.1, as scripts/record-answers.mjs recorded it. */
const questions = readFileSync(new URL('./kafka-answers.fixture.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Question => {
    const revive = (_: string, value: { base64?: string } | null): unknown =>
      value?.base64 ? Buffer.from(value.base64, 'base64') : value;
    return JSON.parse(line, revive) as Question;
  });

type Node = Record<string, unknown>;

/** Identifies an entry of a list, whose order Kafka leaves to a hash map. */
const keyOf = (entry: unknown): string => {
  const { name, resourceName, resourceType, index } = (entry ?? {}) as Node;
  return JSON.stringify([name, resourceName, resourceType, index]);
};

const byKey = (a: unknown, b: unknown): number => Number(keyOf(a) > keyOf(b)) - Number(keyOf(a) < keyOf(b));

const isTime = (name: string): boolean => name === 'logAppendTimeMs';

/** The settings that the recorded broker was started with; their values differ from machine to machine. */
const isOfMachine = ({ configSource, name }: Node): boolean =>
  typeof name === 'string' && (configSource === ConfigSource.staticBroker || OF_MACHINE.test(name));

const OF_MACHINE =
  /^(controller\.quorum\.voters|listener\.security\.protocol\.map|log\.cleaner\.dedupe\.buffer\.size|num\.(io|network)\.threads|(offsets\.topic|transaction\.state\.log|share\.coordinator\.state\.topic)\.(num\.partitions|min\.isr|replication\.factor))$/;

/** What may differ: ids, clocks, and the words of an error for which Kafka has none. */
const comparable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(comparable).sort(byKey);
  if (value === null || typeof value !== 'object') return value;
  const node = value as Node;
  const isRefused = typeof node['errorCode'] === 'number' && node['errorCode'] !== 0;
  const entries = Object.entries(node).filter(
    ([name]) =>
      !['topicId', 'errorMessage', 'clusterId', 'brokers', 'logStartOffset'].includes(name) ||
      (name === 'errorMessage' && isRefused),
  );
  const kept = isOfMachine(node) ? [['name', node['name']]] : entries;
  return Object.fromEntries(
    kept.map(([name, each]) => [
      name,
      isTime(name as string) ? Number(each) > 0 : comparable(withoutClock(each)),
    ]),
  );
};

/** The allowed times of a record depend on the clock. */
const withoutClock = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/within \[[-\d]+, \d+\]/, 'within […]') : value;

/** Kafka often answers with a code alone, where this broker also says why. */
const withWordsOf = (ours: unknown, expected: unknown): unknown => {
  if (Array.isArray(ours) && Array.isArray(expected))
    return ours.map((each, i) => withWordsOf(each, expected[i]));
  if (ours === null || typeof ours !== 'object' || expected === null || typeof expected !== 'object')
    return ours;
  const theirs = expected as Node;
  const words = GENERIC.test(String(theirs['errorMessage'] ?? ''))
    ? { errorMessage: theirs['errorMessage'] }
    : {};
  const merged = Object.entries(ours).map(([name, each]) => [name, withWordsOf(each, theirs[name])]);
  return { ...Object.fromEntries(merged), ...('errorMessage' in theirs && words) };
};

const GENERIC = /^($|This most likely occurs)/;

/** The places where two values differ. */
const differencesIn = (ours: unknown, expected: unknown, path = ''): string[] => {
  if (typeof ours !== 'object' || typeof expected !== 'object' || ours === null || expected === null)
    return ours === expected ? [] : [`${path}: ${JSON.stringify(ours)}, not ${JSON.stringify(expected)}`];
  const names = [...new Set([...Object.keys(ours), ...Object.keys(expected)])];
  return names.flatMap((name) =>
    differencesIn((ours as Node)[name], (expected as Node)[name], `${path}/${name}`),
  );
};

const { start, connect } = brokers();

describe('topics and their settings', () => {
  it('are answered as by Apache Kafka', async () => {
    const client = await connect(await start());
    const apis = new Map(registry.map(({ api }) => [api.name, api]));
    const differences: string[] = [];
    for (const { api, version, request, response } of questions) {
      const answer: unknown = await client.call(apis.get(api) as Api, version, request);
      const expected = comparable(response);
      const ours = withWordsOf(comparable(JSON.parse(JSON.stringify(answer))), expected);
      const found = differencesIn(ours, expected);
      if (found.length > 0) differences.push(`${api} ${JSON.stringify(request)}`, ...found);
    }
    expect(differences).toEqual([]);
  });
});
