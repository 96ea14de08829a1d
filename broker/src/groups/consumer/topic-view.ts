import { ErrorCode, KafkaError } from '../../wire/error-code.js';
import { InvalidPattern } from './pattern-reader.js';
import type { Topics } from './subscription.js';
import { TopicPattern } from './topic-pattern.js';

/** What groups need of a topic. */
interface NamedTopic {
  readonly name: string;
  readonly id: string;
  readonly partitions: { readonly length: number };
}

export interface TopicSource {
  get(name: string): NamedTopic | undefined;
  /** In the order of their creation. */
  all(): readonly NamedTopic[];
  withId(id: string): NamedTopic | undefined;
}

interface Search {
  readonly pattern: TopicPattern;
  /** The topics that the search has seen. */
  readonly snapshot: string;
  readonly names: readonly string[];
}

const MAX_SEARCHES = 1000;

/** The topics of the broker. Patterns are searched for again only when topics have been created or deleted. */
export class TopicView implements Topics {
  private readonly searches = new Map<string, Search>();

  constructor(private readonly source: TopicSource) {}

  get(name: string): { id: string; partitions: number } | undefined {
    const topic = this.source.get(name);
    return topic && { id: topic.id, partitions: topic.partitions.length };
  }

  nameOf(topicId: string): string | undefined {
    return this.source.withId(topicId)?.name;
  }

  /** Throws INVALID_REGULAR_EXPRESSION. */
  matching(topicRegex: string): readonly string[] {
    const topics = this.source.all();
    const last = this.searches.get(topicRegex);
    const snapshot = `${topics.length} ${topics.at(-1)?.id}`;
    if (last?.snapshot === snapshot) return last.names;
    const pattern = last?.pattern ?? patternOf(topicRegex);
    const names = topics.map(({ name }) => name).filter((name) => pattern.matches(name));
    if (this.searches.size >= MAX_SEARCHES) this.searches.clear();
    this.searches.set(topicRegex, { pattern, snapshot, names });
    return names;
  }
}

const patternOf = (topicRegex: string): TopicPattern => {
  try {
    return new TopicPattern(topicRegex);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    throw new KafkaError(
      ErrorCode.INVALID_REGULAR_EXPRESSION,
      `SubscribedTopicRegex \`${topicRegex}\` is not a valid regular expression: ${error.message}.`,
    );
  }
};
