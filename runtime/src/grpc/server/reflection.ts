import { readFile } from 'node:fs/promises';
import { status } from '@grpc/grpc-js';
import type {
  MethodDefinition,
  Server,
  ServerDuplexStream,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';

/** Turns a serialized ServerReflectionRequest into a serialized response. */
type Answer = (request: Buffer) => Buffer;

const PATHS = [
  '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
  '/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo',
];

/** Both protocol versions have the same messages. */
const asIs = (bytes: Buffer): Buffer => bytes;

/**
 * Serves gRPC reflection for a FileDescriptorSet. Nothing is loaded until the first request, because most runs of a
 * service get none.
 */
export function addReflection(server: Server, descriptor: URL): void {
  let loaded: Promise<Answer> | undefined;
  const info = (call: ServerDuplexStream<Buffer, Buffer>): void => {
    let answered = Promise.resolve();
    call.on('data', (request: Buffer) => {
      answered = answered.then(async () => {
        const answer = await (loaded ??= load(descriptor));
        call.write(answer(request));
      });
      // What a valid request asks for and is not there, the library answers itself.
      answered.catch(({ message: details }: Error) =>
        call.emit('error', { code: status.INVALID_ARGUMENT, details }),
      );
    });
    call.on('end', () => void answered.then(() => call.end()));
  };
  for (const path of PATHS) server.addService({ info: methodAt(path) }, { info });
}

function methodAt(path: string): MethodDefinition<Buffer, Buffer> {
  const codecs = {
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  };
  return { path, requestStream: true, responseStream: true, ...codecs };
}

async function load(descriptor: URL): Promise<Answer> {
  const [{ ReflectionService }, { loadFileDescriptorSetFromBuffer }] = await Promise.all([
    import('@grpc/reflection'),
    import('@grpc/proto-loader'),
  ]);
  const service = new ReflectionService(loadFileDescriptorSetFromBuffer(await readFile(descriptor)));
  return capture(service);
}

/** The part of a stream that @grpc/reflection uses. */
interface Exchange {
  on(event: string, listener: (request: unknown) => void): void;
  write(response: unknown): void;
}

/** @grpc/reflection passes its handler only to servers; this fake server captures it and calls it synchronously. */
function capture(service: { addToServer(server: Pick<Server, 'addService'>): void }): Answer {
  let answer: Answer | undefined;
  const addService = (definition: ServiceDefinition, handlers: UntypedServiceImplementation): void => {
    const { ServerReflectionInfo: method } = definition as Record<string, MethodDefinition<unknown, unknown>>;
    let receive: (request: unknown) => void = () => undefined;
    let response: unknown;
    const exchange: Exchange = {
      on: (event, listener) => void (event === 'data' && (receive = listener)),
      write: (message) => void (response = message),
    };
    (handlers.ServerReflectionInfo as unknown as (stream: Exchange) => void)(exchange);
    answer ??= (request) => {
      receive(method!.requestDeserialize(request));
      return method!.responseSerialize(response);
    };
  };
  service.addToServer({ addService });
  return answer!;
}
