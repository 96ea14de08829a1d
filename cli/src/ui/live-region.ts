import { columnsOf } from './screen.js';
import { cut } from './text-width.js';

interface Screen {
  readonly update: ReturnType<typeof import('log-update').createLogUpdate>;
  readonly cursor: typeof import('cli-cursor').default;
}

/** The lines at the end of the screen that change while something goes on. */
export class LiveRegion {
  static #current: LiveRegion | undefined;
  #lines: readonly string[] = [];

  private constructor(private readonly screen: Screen) {
    LiveRegion.#current = this;
    screen.cursor.hide(process.stdout);
  }

  static async open(): Promise<LiveRegion> {
    const [{ createLogUpdate }, { default: cursor }] = await Promise.all([
      import('log-update'),
      import('cli-cursor'),
    ]);
    return new LiveRegion({ update: createLogUpdate(process.stdout, { showCursor: true }), cursor });
  }

  /** Writes lines that stay: above the region that is on the screen, if there is one. */
  static print(text: string, stream: NodeJS.WriteStream = process.stdout): void {
    const region = LiveRegion.#current;
    region?.screen.update.clear();
    stream.write(`${text}\n`);
    region?.draw(region.#lines);
  }

  /** Takes the region off the screen while something else, such as a question, has it. */
  static async apart<T>(work: () => Promise<T>): Promise<T> {
    const region = LiveRegion.#current;
    LiveRegion.#current = undefined;
    region?.screen.update.clear();
    region?.screen.cursor.show(process.stdout);
    try {
      return await work();
    } finally {
      LiveRegion.#current = region;
      region?.screen.cursor.hide(process.stdout);
      region?.draw(region.#lines);
    }
  }

  /** A line that is too long for the screen is cut. */
  draw(lines: readonly string[]): void {
    this.#lines = lines;
    if (LiveRegion.#current !== this) return;
    if (lines.length === 0) return this.screen.update.clear();
    const columns = columnsOf(process.stdout);
    this.screen.update(lines.map((line) => cut(line, columns)).join('\n'));
  }

  /** Leaves what is shown as it is, and gives the cursor back. */
  end(): void {
    this.screen.update.done();
    this.screen.cursor.show(process.stdout);
    if (LiveRegion.#current === this) LiveRegion.#current = undefined;
  }
}
