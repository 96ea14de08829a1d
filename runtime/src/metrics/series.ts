/** Values of a metric's labels, in the order of its label names. */
export type LabelValues = readonly string[];

/** A metric has no more series than this: what clients can choose must not fill the memory. The rest is counted as one. */
const MOST_SERIES = 1_000;

const OTHER = 'other';

/** What a metric knows of each combination of its labels. */
export class Series<T> {
  private readonly byKey = new Map<string, { readonly labels: LabelValues; readonly value: T }>();

  constructor(
    private readonly labelNames: readonly string[],
    private readonly create: () => T,
  ) {}

  of(labels: LabelValues): T {
    const key = labels.length === 1 ? labels[0]! : labels.join('\0');
    return (this.byKey.get(key) ?? this.add(key, labels)).value;
  }

  /** With the labels by their names, as Prometheus has them. */
  *all(): Iterable<{ readonly labels: Record<string, string>; readonly value: T }> {
    for (const { labels, value } of this.byKey.values())
      yield { labels: Object.fromEntries(this.labelNames.map((name, n) => [name, labels[n]!])), value };
  }

  private add(key: string, labels: LabelValues): { readonly labels: LabelValues; readonly value: T } {
    const full = this.byKey.size >= MOST_SERIES;
    const known = full ? this.labelNames.map(() => OTHER) : labels;
    const place = full ? known.join('\0') : key;
    const entry = this.byKey.get(place) ?? { labels: known, value: this.create() };
    this.byKey.set(place, entry);
    return entry;
  }
}
