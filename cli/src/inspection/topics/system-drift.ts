import { withKafka } from '../kafka/kafka-session.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { describeTopics } from './describe-topics.js';
import type { System } from '../../model/system/system.js';
import type { TopicDrift } from './drift.js';

/** How the topics of a running system differ from msx.yaml; none if its Kafka does not answer. */
export async function systemDrift(system: System, env: NodeJS.ProcessEnv): Promise<TopicDrift[]> {
  try {
    const { address } = system.broker;
    const states = await withKafka({ address, env }, (session) => describeTopics(session, system));
    return states.flatMap(({ drift }) => drift ?? []);
  } catch (error) {
    if (error instanceof MsxError) return [];
    throw error;
  }
}
