import type { Metric, MetricOptions, Sample } from './metric.js';
import { Series } from './series.js';
import type { LabelValues } from './series.js';

/** Upper bounds in seconds: from an in-memory answer to the default deadline. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

interface Times {
  /** The number of observations in each bucket; the last is beyond all bounds. */
  readonly counts: Float64Array;
  sum: number;
}

/** The duration and number of events, by labels. */
export class Histogram implements Metric {
  private readonly series: Series<Times>;

  constructor(private readonly options: MetricOptions) {
    const counts = (): Float64Array => new Float64Array(BOUNDS.length + 1);
    this.series = new Series(options.labels, () => ({ counts: counts(), sum: 0 }));
  }

  get name(): string {
    return this.options.name;
  }

  observe(labels: LabelValues, seconds: number): void {
    const times = this.series.of(labels);
    let bucket = 0;
    while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]!) bucket++;
    times.counts[bucket]!++;
    times.sum += seconds;
  }

  async get(): Promise<{ name: string; help: string; type: string; values: Sample[] }> {
    const { name, help } = this.options;
    const values = [...this.series.all()].flatMap(({ labels, value }) => this.samplesOf(labels, value));
    return { name, help, type: 'histogram', values };
  }

  private samplesOf(labels: Record<string, string>, { counts, sum }: Times): Sample[] {
    const { name } = this.options;
    let total = 0;
    const buckets = [...counts].map((count, n): Sample => {
      total += count;
      return { metricName: `${name}_bucket`, labels: { le: BOUNDS[n] ?? '+Inf', ...labels }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: total },
    ];
  }
}
