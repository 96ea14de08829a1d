import { engineOf } from './engine-of.js';
import { stopSystem } from './stop-system.js';

/** Lists longer than this are abbreviated, to fit on a line. */
const MAX_NAMES = 3;
const FIRST_NAMES = 2;
/** An engine that has not killed everything by then is stuck. */
const KILL_TIMEOUT_MS = 1_500;

/** What an interrupted start stops: for the message, and for killing it at once. */
export class InterruptedStart {
  #names: string[] = [];
  /** Undefined until it is known. */
  #added: string[] | undefined;

  /** `all`: whether nothing ran before, so that everything is stopped. */
  constructor(
    private readonly root: string,
    private all: boolean,
  ) {}

  /** Stops only what this start has added. */
  stopOnly(added: string[], services: string[]): void {
    this.#added = added;
    this.#names = services.filter((name) => added.includes(name));
  }

  /** Stops the whole system from now on. */
  stopAll(services: string[]): void {
    this.all = true;
    this.#names = services;
  }

  /** Services that ran before, or were started by somebody else, continue. */
  text = (): string =>
    this.#added?.length === 0 && !this.all ? 'no longer waiting…' : stoppingText(this.#names);

  /** Kills without a grace period. */
  async kill(): Promise<void> {
    if (this.all) await stopSystem(this.root, { force: true });
    else if (this.#added?.length) await this.#kill(this.#added);
  }

  async #kill(names: string[]): Promise<void> {
    const timeout = new Promise((resolve) => setTimeout(resolve, KILL_TIMEOUT_MS));
    await Promise.race([engineOf(this.root).stop(names, { force: true }), timeout]);
  }
}

export function stoppingText(names: readonly string[]): string {
  if (names.length === 0) return 'stopping…';
  if (names.length <= MAX_NAMES) return `stopping ${names.join(', ')}…`;
  return `stopping ${names.slice(0, FIRST_NAMES).join(', ')} and ${names.length - FIRST_NAMES} more…`;
}
