import { BinaryReader } from '@bufbuild/protobuf/wire';

/** A step of a build, and how far it has come. */
export interface Vertex {
  readonly name: string;
  readonly started: boolean;
  readonly completed: boolean;
  readonly error: string;
}

export interface Trace {
  readonly vertexes: readonly Vertex[];
  /** What the commands of the build have printed. */
  readonly logs: readonly string[];
}

/** The numbers of the fields in `moby.buildkit.v1.StatusResponse` and its messages. */
const STATUS = { vertexes: 1, logs: 3 };
const VERTEX = { name: 3, started: 5, completed: 6, error: 7 };
const LOG = { message: 4 };

/** BuildKit reports the progress of a build as protobuf. */
export function decodeTrace(bytes: Uint8Array): Trace {
  const fields = fieldsOf(bytes);
  return {
    vertexes: all(fields, STATUS.vertexes).map(vertexIn),
    logs: all(fields, STATUS.logs).map((log) => text(fieldsOf(log), LOG.message)),
  };
}

function vertexIn(bytes: Uint8Array): Vertex {
  const fields = fieldsOf(bytes);
  return {
    name: text(fields, VERTEX.name),
    started: fields.has(VERTEX.started),
    completed: fields.has(VERTEX.completed),
    error: text(fields, VERTEX.error),
  };
}

type Fields = ReadonlyMap<number, readonly Uint8Array[]>;

const LENGTH_DELIMITED = 2;

/** The texts and messages among the fields of a message, by number. */
function fieldsOf(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes);
  const fields = new Map<number, Uint8Array[]>();
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (type !== LENGTH_DELIMITED) reader.skip(type);
    else fields.set(number, [...(fields.get(number) ?? []), reader.bytes()]);
  }
  return fields;
}

const all = (fields: Fields, number: number): readonly Uint8Array[] => fields.get(number) ?? [];

const text = (fields: Fields, number: number): string =>
  Buffer.from(all(fields, number).at(-1) ?? []).toString('utf8');
