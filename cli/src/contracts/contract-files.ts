import type { Service, System } from '../system/system.js';

/** What of a compiled .proto file (google.protobuf.FileDescriptorProto in JSON) tells who needs it. */
export interface ProtoFile {
  name: string;
  package?: string;
  dependency?: string[];
  messageType?: ProtoMessage[];
}

/** Of google.protobuf.DescriptorProto. */
export interface ProtoMessage {
  name: string;
  field?: { name: string; number: number; type?: string; typeName?: string; label?: string }[];
  nestedType?: (ProtoMessage & { options?: { mapEntry?: boolean } })[];
}

/** Which contracts a service stands on, before the files that they import are known. */
export interface Wanted {
  /** Of its own and of those it calls. */
  files: string[];
  /** The messages of the topics it publishes, consumes or follows. */
  messages: string[];
}

export function wantedBy(system: System, service: Service): Wanted {
  const { publishes, consumes, follows } = service;
  const called = system.services.filter(({ name }) => service.calls.includes(name));
  const used = system.topics.filter(({ name }) => [...publishes, ...consumes, ...follows].includes(name));
  return {
    files: unique([service, ...called].flatMap(({ proto }) => proto)),
    messages: unique(used.map(({ message }) => message)),
  };
}

/** The files that hold what is wanted, and all that these import, by name. */
export function filesFor({ files, messages }: Wanted, all: ProtoFile[]): string[] {
  const holders = messages
    .map((message) => holderOf(message, all)?.name)
    .filter((name) => name !== undefined);
  const closure = new Set([...files, ...holders]);
  const byName = new Map(all.map((file) => [file.name, file]));
  for (const name of closure) for (const other of byName.get(name)?.dependency ?? []) closure.add(other);
  return [...closure].sort();
}

export const holderOf = (message: string, all: ProtoFile[]): ProtoFile | undefined =>
  all.find((file) => messagesOf(file).includes(message));

export const messagesOf = (file: ProtoFile): string[] =>
  (file.messageType ?? []).map(({ name }) => (file.package ? `${file.package}.${name}` : name));

const unique = (names: string[]) => [...new Set(names)].sort();
