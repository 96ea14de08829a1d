/** One line of a service's metrics. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const TIMEOUT_MS = 5_000;

/** The metrics on the health port of a service on this machine; undefined if nothing answers there. */
export async function readMetrics(healthPort: number): Promise<MetricSample[] | undefined> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`http://127.0.0.1:${healthPort}/metrics`, { signal });
    return response.ok ? parseMetrics(await response.text()) : undefined;
  } catch {
    return undefined;
  }
}

const SAMPLE = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)/;
const LABEL = /(?<name>\w+)="(?<text>(?:[^"\\]|\\.)*)"/g;

/** Reads Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats */
export function parseMetrics(text: string): MetricSample[] {
  return text.split('\n').flatMap((line) => {
    const { name, labels = '', value } = SAMPLE.exec(line)?.groups ?? {};
    if (!name) return [];
    const pairs = [...labels.matchAll(LABEL)].map(({ groups }) => [
      groups!['name'],
      unescape(groups!['text']!),
    ]);
    return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }];
  });
}

const unescape = (text: string): string =>
  text.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
