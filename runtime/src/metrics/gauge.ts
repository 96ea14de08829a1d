import type { Metric, MetricOptions, Sample } from './metric.js';

/** Reads the current values. */
export type ReadGauge = () => readonly Sample[] | Promise<readonly Sample[]>;

/** A value that is read at scrape time; it costs nothing until then. */
export class Gauge implements Metric {
  constructor(
    private readonly options: MetricOptions,
    private readonly read: ReadGauge,
  ) {}

  get name(): string {
    return this.options.name;
  }

  /** Returns no values when they cannot be read, so that the other metrics are still available. */
  async get(): Promise<{ name: string; help: string; type: string; values: readonly Sample[] }> {
    const { name, help } = this.options;
    const values = await Promise.resolve()
      .then(this.read)
      .catch(() => []);
    return { name, help, type: 'gauge', values };
  }
}
