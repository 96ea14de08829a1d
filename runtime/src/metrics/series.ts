/** Values of a metric's labels, in the order of its label names. */
export type LabelValues = readonly string[];

/** The largest number of series of a metric, so that clients cannot exhaust the memory. The rest share one series. */
const MAX_SERIES = 1_000;

const OTHER = 'other';

/** The values of a metric, by its combinations of labels. */
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

  /** All values, with their labels by name. */
  *all(): Iterable<{ readonly labels: Record<string, string>; readonly value: T }> {
    for (const { labels, value } of this.byKey.values())
      yield { labels: Object.fromEntries(this.labelNames.map((name, n) => [name, labels[n]!])), value };
  }

  private add(key: string, labels: LabelValues): { readonly labels: LabelValues; readonly value: T } {
    const full = this.byKey.size >= MAX_SERIES;
    const used = full ? this.labelNames.map(() => OTHER) : labels;
    const usedKey = full ? used.join('\0') : key;
    const entry = this.byKey.get(usedKey) ?? { labels: used, value: this.create() };
    this.byKey.set(usedKey, entry);
    return entry;
  }
}
