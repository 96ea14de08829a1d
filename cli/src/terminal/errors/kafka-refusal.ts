export interface KafkaRefusal {
  readonly address: string;
  /** In the words of the broker, where the protocol has any. */
  readonly reason: string;
  /** Kafka's name of the error code. */
  readonly type?: string;
  /** What was refused, as in `refused to create the topic audit`. */
  readonly doing?: string;
  readonly topic?: string;
}

const SETTINGS_URL = 'https://kafka.apache.org/documentation/#topicconfigs';

/** What to do about a refusal, by Kafka's name of its error code. */
const ADVICE: Readonly<Record<string, (facts: KafkaRefusal) => string>> = {
  INVALID_CONFIG: ({ reason }) => {
    const [, setting] = /(?:configuration|config name:) ([a-z]+(?:\.[a-z]+)+)/.exec(reason) ?? [];
    const isKnown = setting !== undefined && !reason.startsWith('Unknown');
    return `What each setting allows: ${SETTINGS_URL}${isKnown ? `_${setting}` : ''}`;
  },
  TOPIC_ALREADY_EXISTS: ({ topic = 'TOPIC' }) =>
    `msx topics describe ${topic} shows it; msx topics alter ${topic} changes it.`,
  INVALID_REPLICATION_FACTOR: () => 'msx broker status shows the brokers of the cluster.',
  INVALID_TOPIC_EXCEPTION: () =>
    'A name has up to 249 of the characters a-z, A-Z, 0-9, dot, underscore and hyphen.',
  INVALID_RECORD: ({ topic = 'TOPIC' }) =>
    `A compacted topic needs a key in every record: msx topics produce ${topic} --key KEY. msx topics describe ${topic} shows its settings.`,
  MESSAGE_TOO_LARGE: ({ topic = 'TOPIC' }) =>
    `Raise the limit: msx topics alter ${topic} --config max.message.bytes=BYTES`,
  NON_EMPTY_GROUP: () => 'Stop its consumers first; msx groups describe shows them.',
  UNKNOWN_MEMBER_ID: () => 'A consumer has joined: stop it first; msx groups describe shows it.',
  UNSUPPORTED_VERSION: () => 'msx needs Kafka 2.4 or newer for this.',
};

export const refusalAdvice = (facts: KafkaRefusal): string | undefined => ADVICE[facts.type ?? '']?.(facts);
