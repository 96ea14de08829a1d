import type { Metric, MetricOptions, Sample } from './metric.js';

/** Reads how something is at the moment. */
export type ReadGauge = () => readonly Sample[] | Promise<readonly Sample[]>;

/** How something is when it is asked for; costs nothing until then. */
export class Gauge implements Metric {
  constructor(
    private readonly options: MetricOptions,
    private readonly read: ReadGauge,
  ) {}

  get name(): string {
    return this.options.name;
  }

  /** What cannot be read at the moment is left out: all else is still worth knowing. */
  async get(): Promise<{ name: string; help: string; type: string; values: readonly Sample[] }> {
    const { name, help } = this.options;
    const values = await Promise.resolve()
      .then(this.read)
      .catch(() => []);
    return { name, help, type: 'gauge', values };
  }
}
