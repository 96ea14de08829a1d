import type { Log } from '../log-line.js';
import type { Topic, TopicCatalogue } from './topic-catalogue.js';

/**
 * Frees memory when the data of all topics has reached its limit: the largest partition that has more than its active
 * segment loses its oldest records, as if retention.bytes were reached. Returns false if there is none.
 */
export const makeRoom = (topics: Pick<TopicCatalogue, 'all'>, log: Log): boolean => {
  const bySize = topics
    .all()
    .flatMap((topic) => topic.partitions.map((partition, index) => ({ topic, partition, index })))
    .sort((a, b) => b.partition.size - a.partition.size);
  const found = bySize.find(({ partition }) => partition.removeOldestSegment());
  if (found) log('warn', 'memory is full: the oldest records were deleted', named(found));
  return found !== undefined;
};

const named = ({ topic, index }: { topic: Topic; index: number }) => ({
  topic: topic.name,
  partition: index,
});
