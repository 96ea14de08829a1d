import type { Example } from '../examples/example.js';
import { filled, remembered } from './fill-functions.js';
import type { GraphqlResponse, TestGateway } from './test-gateway.js';

/** The result of running a tab of the playground. */
export interface RunExample extends Pick<GraphqlResponse, 'data' | 'errors'> {
  readonly query: string;
}

/** Runs tabs of the playground from left to right, without any manual input; subscriptions are skipped. */
export async function runExamples(gateway: TestGateway, examples: readonly Example[]): Promise<RunExample[]> {
  let answers = {};
  const results: RunExample[] = [];
  for (const example of examples.filter(({ causedBy }) => causedBy === undefined)) {
    const { query, variables = {}, headers = {} } = filled(example, answers);
    const { data, errors } = await gateway.gql(query, variables, headers);
    answers = remembered(answers, data);
    results.push({ query, data: data as unknown, errors });
  }
  return results;
}
