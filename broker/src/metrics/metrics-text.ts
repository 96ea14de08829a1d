import type { Broker } from '../broker.js';
import type { RequestMeter } from './request-meter.js';

/** A metric has at most this many series; names come from clients. What is beyond it is left out. */
const MAX_SERIES = 1000;

interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  /** The value for each set of labels. */
  readonly series: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];
}

/**
 * The metrics in Prometheus's text format (0.0.4). Offsets, sizes and lags are those of partitions that were used since
 * the start: to open the log of any other could take too long.
 */
export const metricsText = (broker: Broker, meter: RequestMeter): string =>
  metricsOf(broker, meter).map(textOf).join('');

const metricsOf = (broker: Broker, meter: RequestMeter): Metric[] => {
  const apis = meter.byApi();
  const topics = broker.topics.all().slice(0, MAX_SERIES);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const partitions = sum(broker.topics.all().map((topic) => topic.partitions.length));
  return [
    counter('requests_total', 'Requests, by API.', {
      series: apis.map(([api, { requests }]) => [{ api }, requests]),
    }),
    counter('request_bytes_total', 'Bytes of requests, by API.', {
      series: apis.map(([api, { bytesIn }]) => [{ api }, bytesIn]),
    }),
    counter('response_bytes_total', 'Bytes of responses, by API.', {
      series: apis.map(([api, { bytesOut }]) => [{ api }, bytesOut]),
    }),
    gauge('connections', 'Open connections that have sent a request.', { series: [[{}, meter.connections]] }),
    gauge('topics', 'Topics.', { series: [[{}, broker.topics.all().length]] }),
    gauge('partitions', 'Partitions of all topics.', { series: [[{}, partitions]] }),
    gauge('groups', 'Consumer groups.', { series: [[{}, broker.groups.all().length]] }),
    gauge('log_bytes', 'Size of the logs, by topic.', {
      series: topics.map(({ name, partitions: own }) => [
        { topic: name },
        sum(own.filter(({ isOpen }) => isOpen).map(({ size }) => size)),
      ]),
    }),
    counter('records_total', 'Records ever appended, by topic: the sum of the end offsets.', {
      series: topics.map(({ name, partitions: own }) => [
        { topic: name },
        sum(own.filter(({ isOpen }) => isOpen).map(({ log }) => log.endOffset)),
      ]),
    }),
    gauge('group_lag', 'Records that a group has not consumed yet, by topic.', { series: lagsOf(broker) }),
  ];
};

type Options = Pick<Metric, 'series'>;
const counter = (name: string, help: string, { series }: Options): Metric => ({
  name,
  type: 'counter',
  help,
  series,
});
const gauge = (name: string, help: string, { series }: Options): Metric => ({
  name,
  type: 'gauge',
  help,
  series,
});

/** The distance from the committed offsets to the ends of the logs. */
const lagsOf = ({ offsets, topics }: Broker): Metric['series'] => {
  const lags = new Map<string, [Readonly<Record<string, string>>, number]>();
  for (const { group, topic, partition } of offsets.all()) {
    const target = topics.get(topic)?.partitions[partition];
    const committed = offsets.get(group, { topic, partition });
    if (!target?.isOpen || !committed) continue;
    const key = JSON.stringify([group, topic]);
    const [labels, lag] = lags.get(key) ?? [{ group, topic }, 0];
    if (!lags.has(key) && lags.size === MAX_SERIES) continue;
    lags.set(key, [labels, lag + Math.max(0, target.log.endOffset - committed.offset)]);
  }
  return [...lags.values()];
};

const textOf = ({ name, type, help, series }: Metric): string => {
  const full = `msx_broker_${name}`;
  const lines = series.map(([labels, value]) => `${full}${labelsOf(labels)} ${value}`);
  return [`# HELP ${full} ${help}`, `# TYPE ${full} ${type}`, ...lines].join('\n') + '\n';
};

const labelsOf = (labels: Readonly<Record<string, string>>): string => {
  const texts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return texts.length > 0 ? `{${texts.join(',')}}` : '';
};

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
