import { engineOf } from './engine-of.js';
import { stopSystem } from './stop-system.js';

/** Of more than these only the first are named, and the rest counted: it is to fit a line. */
const ALL_NAMES = 3;
const FIRST_NAMES = 2;
/** An engine that has not killed everything by then hangs. */
const KILLED_WITHIN_MS = 1_500;

/** What ends when a person breaks off a start: in words, and without waiting. */
export class Ending {
  #names: string[] = [];
  /** Nothing yet, until it is known. */
  #added: string[] | undefined;

  /** `all`: whether nothing ran before, so that all that runs is to end. */
  constructor(
    private readonly root: string,
    private all: boolean,
  ) {}

  /** What a start has brought up. */
  only(added: string[], services: string[]): void {
    this.#added = added;
    this.#names = services.filter((name) => added.includes(name));
  }

  /** From now on the whole system ends. */
  everything(services: string[]): void {
    this.all = true;
    this.#names = services;
  }

  /** What ran before, or is begun by somebody else, goes on. */
  text = (): string =>
    this.#added?.length === 0 && !this.all ? 'no longer waiting…' : endingText(this.#names);

  /** Gives nothing time to end by itself. */
  async atOnce(): Promise<void> {
    if (this.all) await stopSystem(this.root, { force: true });
    else if (this.#added?.length) await this.#kill(this.#added);
  }

  async #kill(names: string[]): Promise<void> {
    const late = new Promise((resolve) => setTimeout(resolve, KILLED_WITHIN_MS));
    await Promise.race([engineOf(this.root).stop(names, { force: true }), late]);
  }
}

export function endingText(names: readonly string[]): string {
  if (names.length === 0) return 'ending…';
  if (names.length <= ALL_NAMES) return `ending ${names.join(', ')}…`;
  return `ending ${names.slice(0, FIRST_NAMES).join(', ')} and ${names.length - FIRST_NAMES} more…`;
}
