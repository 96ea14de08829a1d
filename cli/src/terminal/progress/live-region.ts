import { columnsOf } from '../screen/screen.js';
import { cut } from '../text/text-width.js';

interface Screen {
  readonly stream: NodeJS.WriteStream;
  readonly update: ReturnType<typeof import('log-update').createLogUpdate>;
  readonly cursor: typeof import('cli-cursor').default;
}

/** The lines at the bottom of the screen that are redrawn while work is in progress. */
export class LiveRegion {
  static #current: LiveRegion | undefined;
  /** The region that becomes current again when this one ends. */
  readonly #previous = LiveRegion.#current;
  #lines: readonly string[] = [];

  private constructor(private readonly screen: Screen) {
    LiveRegion.#current = this;
    screen.cursor.hide(screen.stream);
  }

  static async open(stream: NodeJS.WriteStream = process.stdout): Promise<LiveRegion> {
    const [{ createLogUpdate }, { default: cursor }] = await Promise.all([
      import('log-update'),
      import('cli-cursor'),
    ]);
    return new LiveRegion({ stream, update: createLogUpdate(stream, { showCursor: true }), cursor });
  }

  /** Writes permanent lines, above the current region if there is one. */
  static print(text: string, stream: NodeJS.WriteStream = process.stdout): void {
    const region = LiveRegion.#current;
    region?.screen.update.clear();
    stream.write(`${text}\n`);
    region?.draw(region.#lines);
  }

  /** Starts a new line after the `^C` that the terminal echoes for Ctrl-C; a region with lines covers it anyway. */
  static startLineAfterEcho(): void {
    const region = LiveRegion.#current;
    const covered = region !== undefined && region.#lines.length > 0;
    if (!covered && process.stdin.isTTY && process.stderr.isTTY) process.stderr.write('\n');
  }

  /** Removes the current region from the screen for good. */
  static dismiss(): void {
    LiveRegion.#current?.remove();
  }

  /** Removes the region from the screen while something else, such as a question, is shown. */
  static async whileHidden<T>(work: () => Promise<T>): Promise<T> {
    const region = LiveRegion.#current;
    region?.remove();
    LiveRegion.#current = undefined;
    try {
      return await work();
    } finally {
      LiveRegion.#current = region;
      region?.screen.cursor.hide(region.screen.stream);
      region?.draw(region.#lines);
    }
  }

  /** Draws the lines; those too long for the screen are cut. */
  draw(lines: readonly string[]): void {
    this.#lines = lines;
    if (LiveRegion.#current !== this) return;
    if (lines.length === 0) return this.screen.update.clear();
    // One less: log-update counts ✔ and ✖ as two columns, and would wrap a full line.
    const columns = columnsOf(this.screen.stream) - 1;
    this.screen.update(lines.map((line) => cut(line, columns)).join('\n'));
  }

  /** Removes the region from the screen for good. */
  remove(): void {
    this.screen.update.clear();
    this.end();
  }

  /** Leaves the lines on the screen and shows the cursor again. */
  end(): void {
    this.screen.update.done();
    this.screen.cursor.show(this.screen.stream);
    if (LiveRegion.#current === this) LiveRegion.#current = this.#previous;
  }
}
