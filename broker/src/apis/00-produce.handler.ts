import { produce } from './00-produce.js';
import { checkBatch } from '../records/check-batch.js';
import { Hangup } from './handler.js';
import { findTopic, findPartition, type TopicReference } from '../topics/find-partition.js';
import { numberOf } from '../topics/topic-config.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { admitBatch } from './admit-batch.js';
import { attempt, type Context, type Handler } from './handler.js';

type Request = RequestOf<typeof produce>;
type Answer = NonNullable<ResponseOf<typeof produce>['responses']>[number];
type PartitionAnswer = NonNullable<Answer['partitionResponses']>[number];

/** With one replica, acks 1 and -1 are equivalent. acks 0 has no response; an error then closes the connection. */
export const answerProduce: Handler<typeof produce> = (request, context) => {
  const responses = request.topicData.map(({ name, topicId, partitionData }) => ({
    name,
    topicId,
    partitionResponses: partitionData.map(({ index, records }) =>
      attempt<PartitionAnswer, PartitionAnswer>(
        context,
        () => ({ index, ...append({ topic: { name, topicId }, index, records }, request, context) }),
        (failure) => ({ index, ...failure, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 }),
      ),
    ),
  }));
  if (request.acks !== 0) return { responses };
  const failed = responses
    .flatMap((topic) => topic.partitionResponses)
    .find((partition) => partition.errorCode);
  if (failed) throw new Hangup(`produce with acks=0 failed: ${failed.errorMessage}`);
  return undefined;
};

interface Part {
  readonly topic: TopicReference;
  readonly index: number;
  readonly records: Buffer | null;
}

const append = ({ topic, index, records }: Part, request: Request, context: Context): PartitionAnswer => {
  const { broker, version } = context;
  if (![0, 1, -1].includes(request.acks))
    throw new KafkaError(ErrorCode.INVALID_REQUIRED_ACKS, `acks must be 0, 1 or -1, not ${request.acks}`);
  const partition = findPartition(broker.topics, topic, index);
  const { config, name } = findTopic(broker.topics, topic);
  const batch = checkBatch(records, numberOf(config, 'max.message.bytes'));
  const isNew =
    batch.isTransactional && admitBatch({ batch, partition, place: [name, index] }, request, context);
  const { baseOffset, logAppendTime } = partition.append(batch, broker.now(), isNew && version >= 12);
  return { baseOffset, logAppendTimeMs: logAppendTime, logStartOffset: partition.log.startOffset };
};
