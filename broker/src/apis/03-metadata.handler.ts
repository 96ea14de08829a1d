import { metadata } from './03-metadata.js';
import type { Broker } from '../broker.js';
import { findTopic, type TopicReference } from '../topics/find-partition.js';
import { checkTopicName } from '../topics/topic-name.js';
import type { Topic } from '../topics/topic-catalogue.js';
import type { ResponseOf } from '../wire/api.js';
import { authorizedOperations } from './authorized-operations.js';
import { describePartition } from './describe-partition.js';
import { attempt, type Context, type Handler } from './handler.js';
import { inSlices } from './in-slices.js';

type Requested = { readonly name: string | null; readonly topicId?: string };
type Described = NonNullable<ResponseOf<typeof metadata>['topics']>[number];

/** Topics requested by name are created if both the client and auto.create.topics.enable allow it. */
export const answerMetadata: Handler<typeof metadata> = async (request, context) => {
  const { broker, version } = context;
  const { nodeId, address } = broker;
  const isEverything = request.topics === null || (version === 0 && request.topics.length === 0);
  const requested: readonly Requested[] = isEverything
    ? broker.topics.all().map((topic) => ({ name: topic.name }))
    : distinct(request.topics!);
  return {
    brokers: [{ nodeId, ...address }],
    clusterId: broker.clusterId,
    controllerId: nodeId,
    ...(request.includeClusterAuthorizedOperations && {
      clusterAuthorizedOperations: authorizedOperations.cluster,
    }),
    topics: await inSlices(requested, ({ name, ...rest }) =>
      describe(
        { name: name ?? '', ...rest },
        {
          ...context,
          mayCreate: request.allowAutoTopicCreation,
          withOperations: request.includeTopicAuthorizedOperations,
        },
      ),
    ),
  };
};

/** A topic that is named twice is described once. */
const distinct = (requested: readonly Requested[]): Requested[] => [
  ...new Map(requested.map((topic) => [`${topic.topicId}/${topic.name}`, topic])).values(),
];

interface TopicContext extends Context {
  readonly mayCreate: boolean;
  readonly withOperations: boolean;
}

const describe = (reference: TopicReference, context: TopicContext): Described => {
  const { broker, mayCreate, withOperations } = context;
  const operations = withOperations && { topicAuthorizedOperations: authorizedOperations.topic };
  return attempt(
    context,
    () => ({ ...describeTopic(findOrCreate(broker, { reference, mayCreate }), broker), ...operations }),
    ({ errorCode }) => ({ ...reference, name: isById(reference) ? null : reference.name!, errorCode }),
  );
};

const findOrCreate = (
  { topics, resources, defaultPartitions }: Broker,
  { reference, mayCreate }: { reference: TopicReference; mayCreate: boolean },
): Topic => {
  const { name } = reference;
  if (isById(reference)) return findTopic(topics, reference);
  checkTopicName(name ?? '');
  const isAutomatic = mayCreate && resources.valueOf('auto.create.topics.enable') === 'true';
  return isAutomatic && !topics.get(name!) && !topics.collidesWith(name!)
    ? topics.create(name!, { partitions: defaultPartitions, config: {} })
    : findTopic(topics, reference);
};

const isById = ({ topicId = '' }: TopicReference): boolean => /[^0]/.test(topicId);

const describeTopic = ({ name, id, partitions }: Topic, broker: Broker): Described => ({
  name,
  topicId: id,
  partitions: partitions.map((_, index) => describePartition(index, broker)),
});
