/** One sample of a metric, in the format of prom-client. */
export interface Sample {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
  /** For the parts of a histogram: `…_bucket`, `…_sum`, `…_count`. */
  readonly metricName?: string;
}

export interface MetricOptions {
  /** snake_case, with its unit at the end: https://prometheus.io/docs/practices/naming */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** A source of samples, which prom-client prints like its own metrics. */
export interface Metric {
  readonly name: string;
  get(): Promise<{ name: string; help: string; type: string; values: readonly Sample[] }>;
}
