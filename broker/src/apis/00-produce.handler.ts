import { produce } from './00-produce.js';
import { checkBatch } from '../records/check-batch.js';
import { refusalOf, type RecordRules } from '../records/check-records.js';
import { Hangup } from './handler.js';
import { findTopic, findPartition, type TopicReference } from '../topics/find-partition.js';
import type { Topic } from '../topics/topic-catalogue.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { admitBatch } from './admit-batch.js';
import { attempt, type Context, type Handler } from './handler.js';
import { inSlices } from './in-slices.js';

type Request = RequestOf<typeof produce>;
type Answer = NonNullable<ResponseOf<typeof produce>['responses']>[number];
type PartitionAnswer = NonNullable<Answer['partitionResponses']>[number];

/** With one replica, acks 1 and -1 are equivalent. acks 0 has no response; an error then closes the connection. */
export const answerProduce: Handler<typeof produce> = async (request, context) => {
  const responses = await inSlices(request.topicData, async ({ name, topicId, partitionData }) => ({
    name,
    topicId,
    partitionResponses: await inSlices(partitionData, ({ index, records }) =>
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
  const partition = findPartition(broker.topics, topic, index);
  if (![0, 1, -1].includes(request.acks))
    throw new KafkaError(ErrorCode.INVALID_REQUIRED_ACKS, `acks must be 0, 1 or -1, not ${request.acks}`);
  const found = findTopic(broker.topics, topic);
  const batch = checkBatch(records, found.values.number('max.message.bytes'));
  const refused = refusalOf(batch, rulesOf(found, index, broker.now()));
  if (refused)
    return { ...refused, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: partition.log.startOffset };
  const isNew =
    batch.isTransactional && admitBatch({ batch, partition, place: [found.name, index] }, request, context);
  const { baseOffset, logAppendTime } = partition.append(batch, broker.now(), isNew && version >= 12);
  return { baseOffset, logAppendTimeMs: logAppendTime, logStartOffset: partition.log.startOffset };
};

const rulesOf = ({ name, values }: Topic, index: number, now: number): RecordRules => ({
  isCompacted: values.has('cleanup.policy', 'compact'),
  timestamps:
    values.text('message.timestamp.type') === 'LogAppendTime'
      ? undefined
      : {
          beforeMs: values.number('message.timestamp.before.max.ms'),
          afterMs: values.number('message.timestamp.after.max.ms'),
        },
  now,
  place: `${name}-${index}`,
});
