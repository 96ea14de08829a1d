import { metadata } from './03-metadata.js';
import type { Broker } from '../broker.js';
import { findTopic, type TopicReference } from '../topics/find-partition.js';
import type { Topic } from '../topics/topic-catalogue.js';
import type { ResponseOf } from '../wire/api.js';
import { describePartition } from './describe-partition.js';
import { attempt, type Context, type Handler } from './handler.js';

type Described = NonNullable<ResponseOf<typeof metadata>['topics']>[number];

/** Topics requested by name are created if the client allows it, like Kafka's auto.create.topics.enable. */
export const answerMetadata: Handler<typeof metadata> = (request, context) => {
  const { broker, version } = context;
  const { nodeId, address } = broker;
  const isEverything = request.topics === null || (version === 0 && request.topics.length === 0);
  const requested = isEverything
    ? broker.topics.all().map((topic) => ({ name: topic.name }))
    : request.topics!;
  return {
    brokers: [{ nodeId, ...address }],
    clusterId: broker.clusterId,
    controllerId: nodeId,
    topics: requested.map(({ name, ...rest }) =>
      describe({ name: name ?? '', ...rest }, { ...context, mayCreate: request.allowAutoTopicCreation }),
    ),
  };
};

const describe = (reference: TopicReference, context: Context & { mayCreate: boolean }): Described => {
  const { broker, mayCreate } = context;
  return attempt(
    context,
    () =>
      describeTopic(
        mayCreate ? findOrCreate(broker, reference) : findTopic(broker.topics, reference),
        broker,
      ),
    ({ errorCode }) => ({ ...reference, name: reference.name || null, errorCode }),
  );
};

const findOrCreate = ({ topics, defaultPartitions }: Broker, reference: TopicReference): Topic =>
  reference.name && !topics.get(reference.name)
    ? topics.create(reference.name, { partitions: defaultPartitions, config: {} })
    : findTopic(topics, reference);

const describeTopic = ({ name, id, partitions }: Topic, broker: Broker): Described => ({
  name,
  topicId: id,
  partitions: partitions.map((_, index) => describePartition(index, broker)),
});
