/** Differs between any two brokers, or any two runs: addresses, ids, times, and numbers that are measured. */
const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/(?:127\.0\.0\.1|localhost)[: ]+\d+/g, 'SERVER'],
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID'],
  [/\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.:,]?\d*\b/g, 'TIME'],
  [/\b1[78]\d{11}\b/g, 'TIME'],
  [/(TopicId|Cluster ID|ClusterId): +\S+/g, '$1: ID'],
  [/(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{22}(?![\w(-])/g, 'ID'],
  [/\bconsole-consumer-\d+\b/g, 'console-consumer-N'],
  [/"(totalBytes|usableBytes|size|logEndOffset)":-?\d+/g, '"$1":N'],
  [/"(logDir|log_dirs)":(?:"[^"]*"|\[[^\]]*\])/g, '"$1":DIR'],
  [/(HighWatermark|Epoch|MaxFollowerLagTimeMs|LogEndOffset): *-?\d+/g, '$1: N'],
];

/** Where only the kind of output matters: every number is one that was measured. */
const MEASURED =
  /^(?:get-offsets .* max-timestamp|producer-perf|consumer-perf|e2e-latency|verifiable|transactions|metadata-quorum describe --replication)/;

/** Topics in which Apache Kafka keeps what the embedded broker keeps in its log of changes. */
const INTERNAL = /__consumer_offsets|__transaction_state|__share_group_state/;

/** APIs that the embedded broker leaves out: share groups (KIP-932) and streams groups (KIP-1071). */
const LEFT_OUT = /^\w*(?:Share|StreamsGroup)\w*\(\d+\):/;

/** A member that joins may be told first that it has nothing yet. */
const NOTHING_ASSIGNED = /"name":"partitions_(?:assigned|revoked)","partitions":\[\]/;

/** Printed by a thread of its own, which may be later than the end of its run. */
const SEND_SUCCESS = /"name":"producer_send_success"/;

const STACK_TRACE = /^(?:at |\.\.\. \d+ more)/;
const DROPPED = [STACK_TRACE, INTERNAL, LEFT_OUT, NOTHING_ASSIGNED, SEND_SUCCESS];

/** Output that can be compared: without what always differs, and without the order and the width of what is listed. */
export const normalize = (line: string, output: string): string[] => {
  const replaced = REPLACEMENTS.reduce((text, [pattern, by]) => text.replace(pattern, by), output);
  const measured = MEASURED.test(line) ? replaced.replace(/-?\d+(?:[.,]\d+)*/g, 'N') : replaced;
  const lines = measured
    .split(/\r?\n/)
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => text && !DROPPED.some((pattern) => pattern.test(text)));
  return MEASURED.test(line) ? [...new Set(lines)].sort() : lines.sort();
};
