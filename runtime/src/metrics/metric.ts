/** One line of a metric, as prom-client takes it. */
export interface Sample {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
  /** Of a histogram's parts: `…_bucket`, `…_sum`, `…_count`. */
  readonly metricName?: string;
}

export interface MetricOptions {
  /** snake_case, with its unit at the end: https://prometheus.io/docs/practices/naming */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** What can be asked for its samples; prom-client prints it like one of its own. */
export interface Metric {
  readonly name: string;
  get(): Promise<{ name: string; help: string; type: string; values: readonly Sample[] }>;
}
