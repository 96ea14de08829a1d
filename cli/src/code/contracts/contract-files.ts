import type { Service, System } from '../../model/system/system.js';

/**
 * The parts of a compiled .proto file (google.protobuf.FileDescriptorProto in JSON) that determine which services need
 * it.
 */
export interface ProtoFile {
  name: string;
  package?: string;
  dependency?: string[];
  messageType?: ProtoMessage[];
}

/** The parts of google.protobuf.DescriptorProto that are needed here. */
export interface ProtoMessage {
  name: string;
  field?: { name: string; number: number; type?: string; typeName?: string; label?: string }[];
  nestedType?: (ProtoMessage & { options?: { mapEntry?: boolean } })[];
}

/** The contracts that a service needs directly, without their imports. */
export interface ContractNeeds {
  /** Its own files and those of the services it calls. */
  files: string[];
  /** The messages of the topics it publishes, consumes or follows. */
  messages: string[];
}

export function contractNeedsOf(system: System, service: Service): ContractNeeds {
  const { publishes, consumes, follows } = service;
  const called = system.services.filter(({ name }) => service.calls.includes(name));
  const used = system.topics.filter(({ name }) => [...publishes, ...consumes, ...follows].includes(name));
  return {
    files: unique([service, ...called].flatMap(({ proto }) => proto)),
    messages: unique(used.map(({ message }) => message)),
  };
}

/** The names of the files that contain these contracts, and of all their imports. */
export function filesFor({ files, messages }: ContractNeeds, all: ProtoFile[]): string[] {
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
