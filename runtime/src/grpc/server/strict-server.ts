import { Server, ServerInterceptingCall } from '@grpc/grpc-js';
import type { ServerInterceptor, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { toGrpcError } from '../../errors/grpc-error.js';
import type { StaticService } from '../wire/package-definition.js';
import { decodeStrictly, MalformedRequest } from './malformed-request.js';

export type OnMalformed = (path: string, request: MalformedRequest) => void;

/** Decodes the requests of all its services strictly; a request that cannot be decoded is a MalformedRequest. */
export class StrictServer extends Server {
  override addService(service: ServiceDefinition, handlers: UntypedServiceImplementation): void {
    const methods = Object.entries(service).map(([name, method]) => {
      return [name, { ...method, requestDeserialize: decodeStrictly(method.requestDeserialize) }] as const;
    });
    super.addService(Object.fromEntries(methods), handlers);
  }
}

/**
 * Answers malformed requests of streams, and of the server's own services, such as health checks. Single requests to `services`
 * pass, which the RequestInterceptor refuses: it knows the caller, and costs a call less than an interceptor here.
 */
export function refuseMalformed(
  services: readonly StaticService[],
  onMalformed: OnMalformed,
): ServerInterceptor {
  const passing = new Set(
    services.flatMap((methods) =>
      Object.values(methods).flatMap(({ path, requestStream }) => (requestStream ? [] : [path])),
    ),
  );
  return ({ path }, call) => {
    if (passing.has(path)) return call as ServerInterceptingCall;
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMessage: (message: unknown, receive) => {
            if (!(message instanceof MalformedRequest)) return receive(message);
            onMalformed(path, message);
            call.sendStatus(toGrpcError(message, path));
          },
        }),
    });
  };
}
