import { columnsOf } from './screen.js';
import { cut } from '../terminal/text-width.js';

interface Screen {
  readonly stream: NodeJS.WriteStream;
  readonly update: ReturnType<typeof import('log-update').createLogUpdate>;
  readonly cursor: typeof import('cli-cursor').default;
}

/** The lines at the end of the screen that change while something goes on. */
export class LiveRegion {
  static #current: LiveRegion | undefined;
  /** Gets the screen back when this one ends. */
  readonly #below = LiveRegion.#current;
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

  /** Writes lines that stay: above the region that is on the screen, if there is one. */
  static print(text: string, stream: NodeJS.WriteStream = process.stdout): void {
    const region = LiveRegion.#current;
    region?.screen.update.clear();
    stream.write(`${text}\n`);
    region?.draw(region.#lines);
  }

  /** Begins a line of its own for what follows a Ctrl-C, which the terminal shows as `^C`; a region with lines covers that. */
  static leaveEcho(): void {
    const region = LiveRegion.#current;
    const covered = region !== undefined && region.#lines.length > 0;
    if (!covered && process.stdin.isTTY && process.stderr.isTTY) process.stderr.write('\n');
  }

  /** Takes the region off the screen for good, whoever has opened it. */
  static dismiss(): void {
    LiveRegion.#current?.remove();
  }

  /** Takes the region off the screen while something else, such as a question, has it. */
  static async apart<T>(work: () => Promise<T>): Promise<T> {
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

  /** A line that is too long for the screen is cut. */
  draw(lines: readonly string[]): void {
    this.#lines = lines;
    if (LiveRegion.#current !== this) return;
    if (lines.length === 0) return this.screen.update.clear();
    // One less: log-update counts ✔ and ✖ twice, and would continue what fills the line on another.
    const columns = columnsOf(this.screen.stream) - 1;
    this.screen.update(lines.map((line) => cut(line, columns)).join('\n'));
  }

  /** Takes it off the screen for good. */
  remove(): void {
    this.screen.update.clear();
    this.end();
  }

  /** Leaves what is shown as it is, and gives the cursor back. */
  end(): void {
    this.screen.update.done();
    this.screen.cursor.show(this.screen.stream);
    if (LiveRegion.#current === this) LiveRegion.#current = this.#below;
  }
}
