/** One run of a tool. `{server}` and `{work}` in its arguments stand for the broker, and for the folder of its files. */
export interface ToolRun {
  /** The command line, which is also its name. */
  readonly line: string;
  /** What is typed into it. */
  readonly input?: string;
}

/** The class of each tool, and where its `--bootstrap-server` belongs. */
export const tools: Record<string, { readonly main: string; readonly server: 'first' | 'last' | 'written' }> =
  {
    acls: { main: 'org.apache.kafka.tools.AclCommand', server: 'last' },
    'broker-api-versions': { main: 'org.apache.kafka.tools.BrokerApiVersionsCommand', server: 'last' },
    'client-metrics': { main: 'org.apache.kafka.tools.ClientMetricsCommand', server: 'last' },
    cluster: { main: 'org.apache.kafka.tools.ClusterTool', server: 'last' },
    configs: { main: 'kafka.admin.ConfigCommand', server: 'last' },
    'console-consumer': { main: 'org.apache.kafka.tools.consumer.ConsoleConsumer', server: 'last' },
    'console-producer': { main: 'org.apache.kafka.tools.ConsoleProducer', server: 'last' },
    'consumer-groups': { main: 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', server: 'last' },
    'consumer-perf-test': { main: 'org.apache.kafka.tools.ConsumerPerformance', server: 'last' },
    'delegation-tokens': { main: 'org.apache.kafka.tools.DelegationTokenCommand', server: 'last' },
    'delete-records': { main: 'org.apache.kafka.tools.DeleteRecordsCommand', server: 'last' },
    'e2e-latency': { main: 'org.apache.kafka.tools.EndToEndLatency', server: 'last' },
    features: { main: 'org.apache.kafka.tools.FeatureCommand', server: 'first' },
    'get-offsets': { main: 'org.apache.kafka.tools.GetOffsetShell', server: 'last' },
    groups: { main: 'org.apache.kafka.tools.GroupsCommand', server: 'last' },
    'leader-election': { main: 'org.apache.kafka.tools.LeaderElectionCommand', server: 'last' },
    'log-dirs': { main: 'org.apache.kafka.tools.LogDirsCommand', server: 'last' },
    'metadata-quorum': { main: 'org.apache.kafka.tools.MetadataQuorumCommand', server: 'first' },
    'producer-perf-test': { main: 'org.apache.kafka.tools.ProducerPerformance', server: 'last' },
    'reassign-partitions': {
      main: 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
      server: 'last',
    },
    'share-groups': { main: 'org.apache.kafka.tools.consumer.group.ShareGroupCommand', server: 'last' },
    'streams-groups': { main: 'org.apache.kafka.tools.streams.StreamsGroupCommand', server: 'last' },
    topics: { main: 'org.apache.kafka.tools.TopicCommand', server: 'last' },
    transactions: { main: 'org.apache.kafka.tools.TransactionsCommand', server: 'first' },
    'verifiable-consumer': { main: 'org.apache.kafka.tools.VerifiableConsumer', server: 'last' },
    'verifiable-producer': { main: 'org.apache.kafka.tools.VerifiableProducer', server: 'last' },
    /** Not a tool: clients that stay connected, of ClientsBeside.java. */
    beside: { main: 'beside', server: 'written' },
  };

/** The files that runs read, by name. */
export const files: Record<string, string> = {
  'beyond-the-end.json': JSON.stringify({
    partitions: [{ topic: 'one', partition: 0, offset: 99 }],
    version: 1,
  }),
  'delete-records.json': JSON.stringify({
    partitions: [{ topic: 'one', partition: 0, offset: 2 }],
    version: 1,
  }),
  'topics-to-move.json': JSON.stringify({ topics: [{ topic: 'one' }], version: 1 }),
  'assignment.json': JSON.stringify({
    version: 1,
    partitions: [{ topic: 'one', partition: 0, replicas: [1], log_dirs: ['any'] }],
  }),
  'impossible.json': JSON.stringify({
    version: 1,
    partitions: [{ topic: 'one', partition: 0, replicas: [7], log_dirs: ['any'] }],
  }),
  'offsets.csv': 'one,0,1\n',
};

const words = Array.from({ length: 5 }, (_, i) => `key-${i}:word-${i}`).join('\n');

/** In this order: later runs see what earlier ones did. */
const topicRuns: (string | ToolRun)[] = [
  'topics --create --topic one --partitions 1 --replication-factor 1',
  'topics --create --topic one',
  'topics --create --topic one --if-not-exists',
  'topics --create --topic three --partitions 3 --config cleanup.policy=compact --config segment.bytes=1048576',
  'topics --create --topic bad/name',
  'topics --create --topic replicated --replication-factor 2',
  'topics --create --topic wrong --config retention.ms=soon',
  'topics --create --topic removed',
  'topics --list',
  'topics --describe',
  'topics --describe --topic three',
  'topics --describe --topic missing',
  'topics --describe --under-replicated-partitions',
  'topics --describe --unavailable-partitions',
  'topics --describe --under-min-isr-partitions',
  'topics --describe --at-min-isr-partitions --topic one',
  'topics --describe --topics-with-overrides',
  'topics --alter --topic three --partitions 4',
  'topics --alter --topic three --partitions 2',
  'topics --describe --topic three --exclude-internal',
  'topics --delete --topic removed',
  'topics --delete --topic missing',
];

const recordRuns: (string | ToolRun)[] = [
  { line: 'console-producer --topic one', input: words },
  {
    line: 'console-producer --topic three --reader-property parse.key=true --reader-property key.separator=:',
    input: words,
  },
  'console-consumer --topic one --from-beginning --max-messages 5 --timeout-ms 10000',
  'console-consumer --topic one --partition 0 --offset 3 --max-messages 2 --timeout-ms 10000',
  'console-consumer --topic three --from-beginning --max-messages 5 --formatter-property print.key=true --timeout-ms 10000',
  'console-consumer --topic one --group first --from-beginning --max-messages 5 --timeout-ms 10000',
  'console-consumer --topic one --from-beginning --max-messages 5 --isolation-level read_committed --timeout-ms 10000',
  'get-offsets --topic one',
  'get-offsets --topic-partitions three:0,three:1 --time earliest',
  'get-offsets --topic one --time max-timestamp',
  'get-offsets --topic one --time 0',
  'get-offsets --topic missing',
  'delete-records --offset-json-file {work}/delete-records.json',
  'delete-records --offset-json-file {work}/beyond-the-end.json',
  'get-offsets --topic one --time earliest',
  'log-dirs --describe --topic-list one,three',
  'log-dirs --describe --broker-list 7',
];

const groupRuns: (string | ToolRun)[] = [
  'beside join classic live one',
  'consumer-groups --list',
  'consumer-groups --list --state',
  'consumer-groups --list --type classic',
  'groups --list',
  'groups --list --consumer',
  'share-groups --list',
  'streams-groups --list',
  'consumer-groups --describe --group first',
  'consumer-groups --describe --group live',
  'consumer-groups --describe --group live --members --verbose',
  'consumer-groups --describe --group live --state',
  'consumer-groups --describe --all-groups --offsets',
  'consumer-groups --describe --group missing',
  'consumer-groups --reset-offsets --group live --topic one --to-earliest --execute',
  'consumer-groups --delete --group live',
  'consumer-groups --delete-offsets --group live --topic one',
  'beside leave',
  'consumer-groups --reset-offsets --group first --topic one --to-earliest --dry-run',
  'consumer-groups --reset-offsets --group first --topic one --to-earliest --execute',
  'consumer-groups --reset-offsets --group first --topic one --to-latest --execute',
  'consumer-groups --reset-offsets --group first --topic one --shift-by -1 --execute',
  'consumer-groups --reset-offsets --group first --topic one:0 --to-offset 3 --execute',
  'consumer-groups --reset-offsets --group first --topic one --to-current --export --dry-run',
  'consumer-groups --reset-offsets --group first --topic one --by-duration PT1H --execute',
  'consumer-groups --reset-offsets --group first --topic one --to-datetime 2020-01-01T00:00:00.000 --execute',
  'consumer-groups --reset-offsets --group first --from-file {work}/offsets.csv --execute',
  'consumer-groups --delete-offsets --group first --topic one',
  'consumer-groups --describe --group first --offsets',
  'consumer-groups --delete --group live',
  'consumer-groups --delete --group missing',
  'beside join consumer modern one',
  'consumer-groups --describe --group modern --members --verbose',
  'consumer-groups --describe --group modern --state',
  'beside leave',
];

const configRuns: (string | ToolRun)[] = [
  'configs --describe --entity-type topics --entity-name three',
  'configs --describe --entity-type topics --entity-name three --all',
  'configs --alter --entity-type topics --entity-name one --add-config retention.ms=3600000,compression.gzip.level=5',
  'configs --describe --entity-type topics --entity-name one',
  'configs --alter --entity-type topics --entity-name one --delete-config retention.ms',
  'configs --alter --entity-type topics --entity-name one --add-config retention.ms=soon',
  'configs --alter --entity-type topics --entity-name one --add-config no.such.setting=1',
  'configs --alter --entity-type topics --entity-name one --add-config local.retention.ms=1000',
  'configs --describe --entity-type brokers --entity-name 1',
  'configs --alter --entity-type brokers --entity-name 1 --add-config log.cleaner.threads=2',
  'configs --alter --entity-type brokers --entity-default --add-config message.max.bytes=2000000',
  'configs --describe --entity-type brokers --entity-default',
  'configs --alter --entity-type brokers --entity-default --delete-config message.max.bytes',
  'configs --alter --entity-type clients --entity-name c1 --add-config producer_byte_rate=1024,request_percentage=12.5',
  'configs --alter --entity-type clients --entity-default --add-config consumer_byte_rate=2048',
  'configs --describe --entity-type clients',
  'configs --alter --entity-type users --entity-name u1 --entity-type clients --entity-name c1 --add-config controller_mutation_rate=3',
  'configs --describe --entity-type users --entity-type clients',
  'configs --alter --entity-type ips --entity-name 127.0.0.9 --add-config connection_creation_rate=10',
  'configs --describe --entity-type ips --entity-name 127.0.0.9',
  'configs --alter --entity-type clients --entity-name c1 --add-config no_such_quota=1',
  'configs --alter --entity-type clients --entity-name c1 --delete-config producer_byte_rate',
  // Apache Kafka enforces quotas, which would slow later runs down.
  'configs --alter --entity-type clients --entity-default --delete-config consumer_byte_rate',
  'configs --alter --entity-type clients --entity-name c1 --delete-config request_percentage',
  'configs --describe --entity-type clients --entity-name c1',
  'configs --alter --entity-type users --entity-name alice --add-config SCRAM-SHA-256=[iterations=8192,password=secret]',
  'configs --describe --entity-type users --entity-name alice',
  'configs --alter --entity-type users --entity-name alice --delete-config SCRAM-SHA-256',
  'configs --alter --entity-type groups --entity-name first --add-config consumer.session.timeout.ms=50000',
  'configs --describe --entity-type groups --entity-name first',
  'configs --alter --entity-type client-metrics --entity-name m1 --add-config interval.ms=30000',
  'configs --describe --entity-type client-metrics --entity-name m1',
  'client-metrics --alter --name m2 --metrics org.apache.kafka.producer. --interval 60000',
  'client-metrics --list',
  'client-metrics --describe --name m2',
  'client-metrics --delete --name m2',
];

const clusterRuns: (string | ToolRun)[] = [
  'acls --list',
  'acls --add --allow-principal User:alice --operation Read --topic one',
  'acls --remove --allow-principal User:alice --operation Read --topic one --force',
  'leader-election --election-type preferred --all-topic-partitions',
  'leader-election --election-type preferred --topic one --partition 0',
  'leader-election --election-type unclean --topic one --partition 0',
  'leader-election --election-type preferred --topic missing --partition 0',
  'reassign-partitions --list',
  'reassign-partitions --generate --topics-to-move-json-file {work}/topics-to-move.json --broker-list 1',
  'reassign-partitions --execute --reassignment-json-file {work}/assignment.json',
  'reassign-partitions --verify --reassignment-json-file {work}/assignment.json',
  'reassign-partitions --execute --reassignment-json-file {work}/impossible.json',
  'reassign-partitions --cancel --reassignment-json-file {work}/assignment.json',
  'metadata-quorum describe --status',
  'metadata-quorum describe --replication',
  'features describe',
  'features downgrade --feature eligible.leader.replicas.version=0',
  'features upgrade --feature eligible.leader.replicas.version=1',
  'features upgrade --feature share.version=9',
  'broker-api-versions',
  'cluster cluster-id',
  'cluster list-endpoints',
  'cluster unregister --id 7',
  'delegation-tokens --describe --command-config {work}/empty.properties',
];

const transactionRuns: (string | ToolRun)[] = [
  'transactions list',
  'beside begin ledger one',
  'transactions list',
  'transactions describe --transactional-id ledger',
  'transactions describe --transactional-id missing',
  'transactions describe-producers --topic one --partition 0',
  'transactions find-hanging --broker-id 1',
  'beside commit',
  'transactions forceTerminateTransaction --transactional-id ledger',
  'transactions describe-producers --topic one --partition 0',
];

const loadRuns: (string | ToolRun)[] = [
  'producer-perf-test --topic one --num-records 1000 --record-size 100 --throughput -1',
  'producer-perf-test --topic one --num-records 1000 --record-size 100 --throughput -1 --transactional-id perf --transaction-duration-ms 100',
  'consumer-perf-test --topic one --num-records 1000 --timeout 20000',
  'verifiable-producer --topic one --max-messages 10',
  'verifiable-consumer --topic one --group-id verified --max-messages 10 --reset-policy earliest',
  'verifiable-consumer --topic one --group-id verified-modern --group-protocol consumer --max-messages 10 --reset-policy earliest',
  'e2e-latency --topic three --num-records 20 --producer-acks all --record-size 100',
];

export const toolRuns: readonly ToolRun[] = [
  ...topicRuns,
  ...recordRuns,
  ...groupRuns,
  ...configRuns,
  ...clusterRuns,
  ...transactionRuns,
  ...loadRuns,
].map((run) => (typeof run === 'string' ? { line: run } : run));
