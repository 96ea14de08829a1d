import { createRequire } from 'node:module';

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
    const { vertexes = [], logs = [] } = decoded(message.aux as string);
    for (const { name, started, completed, error } of vertexes) {
      if (started && !completed && /^\[.*\d+\/\d+\]/.test(name)) this.step = name;
      if (error) this.step = name;
    }
    for (const { msg } of logs)
      for (const line of Buffer.from(msg).toString('utf8').split('\n')) if (line.trim()) this.#keep(line);
  }

  #keep(line: string): void {
    this.lastLines.push(line.trimEnd());
    if (this.lastLines.length > MAX_LINES) this.lastLines.shift();
  }
}

interface Trace {
  vertexes?: { name: string; started?: object | null; completed?: object | null; error?: string }[];
  logs?: { msg: Uint8Array }[];
}

interface Protobuf {
  loadSync(file: string): { lookupType(name: string): { decode(bytes: Uint8Array): Trace } };
}

let decode: ((bytes: Uint8Array) => Trace) | undefined;

/** BuildKit sends protobuf. dockerode contains the schema and a parser, but exports neither. */
function decoded(base64: string): Trace {
  if (!decode) {
    const ofDockerode = createRequire(createRequire(import.meta.url).resolve('dockerode'));
    const { loadSync } = ofDockerode('protobufjs') as Protobuf;
    const schema = loadSync(ofDockerode.resolve('./proto/buildkit_status.proto'));
    const type = schema.lookupType('moby.buildkit.v1.StatusResponse');
    decode = (bytes) => type.decode(bytes);
  }
  return decode(Buffer.from(base64, 'base64'));
}
