import type { ConfiguredResources } from './configured-resources.js';
import { parseSetting } from './parse-setting.js';
import type { Config } from './setting.js';
import { topicSettings } from './topic-settings.js';

/** The values in force for one topic: its own, else those of the broker. */
export class TopicValues {
  private readonly parsed = new Map<string, string>();
  private readonly numbers = new Map<string, number>();
  private readonly derivations = new Map<(values: TopicValues) => unknown, unknown>();
  private changes = -1;

  constructor(
    private readonly own: () => Config,
    private readonly resources: ConfiguredResources,
  ) {}

  text(name: string): string {
    this.forgetIfChanged();
    const known = this.parsed.get(name);
    if (known !== undefined) return known;
    const value = this.compute(name);
    this.parsed.set(name, value);
    return value;
  }

  number(name: string): number {
    this.forgetIfChanged();
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const value = Number(this.text(name));
    this.numbers.set(name, value);
    return value;
  }

  has(name: string, entry: string): boolean {
    return this.text(name).split(',').includes(entry);
  }

  /** What a function computes from these values only, and once until they change. */
  derived<T>(compute: (values: TopicValues) => T): T {
    this.forgetIfChanged();
    const known = this.derivations.get(compute);
    if (known !== undefined) return known as T;
    const value = compute(this);
    this.derivations.set(compute, value);
    return value;
  }

  /** The settings of the topic have changed. */
  reset(): void {
    this.parsed.clear();
    this.numbers.clear();
    this.derivations.clear();
  }

  private forgetIfChanged(): void {
    if (this.changes === this.resources.changes) return;
    this.changes = this.resources.changes;
    this.reset();
  }

  private compute(name: string): string {
    const setting = topicSettings[name]!;
    const inherited = (setting.synonym && this.resources.valueOf(setting.synonym)) ?? setting.default ?? '';
    const value = this.own()[name];
    if (value === undefined) return inherited;
    try {
      return parseSetting(name, setting, value);
    } catch {
      // Earlier versions stored values without checking their range.
      return inherited;
    }
  }
}
