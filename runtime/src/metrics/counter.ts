import type { Metric, MetricOptions, Sample } from './metric.js';
import { Series } from './series.js';
import type { LabelValues } from './series.js';

/** The number of times something happened, by labels. */
export class Counter implements Metric {
  private readonly series: Series<{ count: number }>;

  constructor(private readonly options: MetricOptions) {
    this.series = new Series(options.labels, () => ({ count: 0 }));
  }

  get name(): string {
    return this.options.name;
  }

  add(labels: LabelValues, count = 1): void {
    this.series.of(labels).count += count;
  }

  async get(): Promise<{ name: string; help: string; type: string; values: Sample[] }> {
    const { name, help } = this.options;
    const values = [...this.series.all()].map(({ labels, value }) => ({ labels, value: value.count }));
    return { name, help, type: 'counter', values };
  }
}
