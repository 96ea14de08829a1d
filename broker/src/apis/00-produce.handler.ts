import { produce } from './00-produce.js';
import { checkBatch } from '../records/check-batch.js';
import { refusalOf, type RecordRules } from '../records/check-records.js';
import { Hangup } from './handler.js';
import { findTopic, findPartition, type TopicReference } from '../topics/find-partition.js';
import type { TopicValues } from '../settings/topic-values.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { admitBatch } from './admit-batch.js';
import { attempt, failureOf, type Context, type Failure, type Handler } from './handler.js';
import { inSlices } from './in-slices.js';

type Request = RequestOf<typeof produce>;
type Answer = NonNullable<ResponseOf<typeof produce>['responses']>[number];
type PartitionAnswer = NonNullable<Answer['partitionResponses']>[number];

/** With one replica, acks 1 and -1 are equivalent. acks 0 has no response; an error then closes the connection. */
export const answerProduce: Handler<typeof produce> = async (request, context) => {
  const responses = await inSlices(request.topicData, async ({ name, topicId, partitionData }) => {
    const written = await inSlices(partitionData, ({ index, records }) =>
      attempt<Written, Written>(
        context,
        () => append({ topic: { name, topicId }, index, records }, request, context),
        (failure) => ({ answer: refused(index, failure) }),
      ),
    );
    return {
      name,
      topicId,
      partitionResponses: await whenFlushed(written, context),
    };
  });
  if (request.acks !== 0) return { responses };
  const failed = responses
    .flatMap((topic) => topic.partitionResponses)
    .find((partition) => partition.errorCode);
  if (failed) throw new Hangup(`produce with acks=0 failed: ${failed.errorMessage}`);
  return undefined;
};

/** The answer for a partition, which waits until the records are on the disk if the topic requires that. */
interface Written {
  readonly answer: PartitionAnswer & { readonly index: number };
  readonly flushed?: Promise<void> | undefined;
}

const refused = (index: number, failure: Failure): Written['answer'] => ({
  index,
  ...failure,
  baseOffset: -1,
  logAppendTimeMs: -1,
  logStartOffset: -1,
});

const whenFlushed = (
  written: Written[],
  context: Context,
): PartitionAnswer[] | Promise<PartitionAnswer[]> => {
  if (written.every(({ flushed }) => flushed === undefined)) return written.map(({ answer }) => answer);
  return Promise.all(
    written.map(async ({ answer, flushed }) => {
      try {
        await flushed;
        return answer;
      } catch (error) {
        return refused(answer.index, failureOf(error, context));
      }
    }),
  );
};

interface Part {
  readonly topic: TopicReference;
  readonly index: number;
  readonly records: Buffer | null;
}

const append = ({ topic, index, records }: Part, request: Request, context: Context): Written => {
  const { broker, version } = context;
  const partition = findPartition(broker.topics, topic, index);
  if (![0, 1, -1].includes(request.acks))
    throw new KafkaError(ErrorCode.INVALID_REQUIRED_ACKS, `acks must be 0, 1 or -1, not ${request.acks}`);
  const found = findTopic(broker.topics, topic);
  const { maxBytes, ...rules } = found.values.derived(rulesOf);
  const batch = checkBatch(records, maxBytes);
  const now = broker.now();
  const refusal = refusalOf(batch, { ...rules, now, place: `${found.name}-${index}` });
  const { startOffset } = partition.log;
  if (refusal) return { answer: { ...refused(index, refusal), logStartOffset: startOffset, ...refusal } };
  const isNew =
    batch.isTransactional && admitBatch({ batch, partition, place: [found.name, index] }, request, context);
  const { baseOffset, logAppendTime, flushed } = partition.append(batch, now, isNew && version >= 12);
  return {
    answer: { index, baseOffset, logAppendTimeMs: logAppendTime, logStartOffset: startOffset },
    flushed,
  };
};

interface TopicRules extends Pick<RecordRules, 'isCompacted' | 'timestamps'> {
  readonly maxBytes: number;
}

const rulesOf = (values: TopicValues): TopicRules => ({
  maxBytes: values.number('max.message.bytes'),
  isCompacted: values.has('cleanup.policy', 'compact'),
  timestamps:
    values.text('message.timestamp.type') === 'LogAppendTime'
      ? undefined
      : {
          beforeMs: values.number('message.timestamp.before.max.ms'),
          afterMs: values.number('message.timestamp.after.max.ms'),
        },
});
