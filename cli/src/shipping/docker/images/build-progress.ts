import { decodeTrace } from './buildkit-trace.js';

/** A message about a build, from either builder of the engine. */
export interface BuildMessage {
  readonly stream?: string;
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
  readonly id?: string;
  readonly aux?: unknown;
}

const MAX_LINES = 15;

/** The state of a build, derived from its messages so far. */
export class BuildProgress {
  step = 'the first step';
  readonly lastLines: string[] = [];
  image: string | undefined;
  error: string | undefined;

  /** @returns whether the step has changed */
  add(message: BuildMessage): boolean {
    const before = this.step;
    const { id, aux, error, errorDetail, stream } = message;
    if (error || errorDetail) this.error = errorDetail?.message ?? error;
    if (id === 'moby.buildkit.trace') this.#addTrace(message);
    else if (aux && typeof aux === 'object') this.image = (aux as { ID?: string }).ID ?? this.image;
    if (stream) this.#addText(stream);
    return this.step !== before;
  }

  /** The classic builder: `Step 3/14 : RUN npm ci`, and in between the output of the commands. */
  #addText(text: string): void {
    for (const line of text.split('\n').filter((each) => each.trim())) {
      const [, step] = /^Step (\d+\/\d+ : .*)/.exec(line) ?? [];
      if (step) this.step = step.replace(' : ', ' ');
      else if (!/^ ?--->|^Removing intermediate/.test(line)) this.#keep(line);
    }
  }

  /** BuildKit: vertices of a graph, which start and complete in any order. */
  #addTrace(message: BuildMessage): void {
    const { vertexes, logs } = decodeTrace(Buffer.from(message.aux as string, 'base64'));
    for (const { name, started, completed, error } of vertexes) {
      if (started && !completed && /^\[.*\d+\/\d+\]/.test(name)) this.step = name;
      if (error) this.step = name;
    }
    for (const log of logs) for (const line of log.split('\n')) if (line.trim()) this.#keep(line);
  }

  #keep(line: string): void {
    this.lastLines.push(line.trimEnd());
    if (this.lastLines.length > MAX_LINES) this.lastLines.shift();
  }
}
