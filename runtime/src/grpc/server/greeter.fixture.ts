import type { MethodDefinition } from '@grpc/grpc-js';
import { Controller, Inject, Injectable, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { Public, Roles } from '../../auth/access.js';
import { currentPrincipal } from '../../auth/principal.js';
import { DomainError } from '../../errors/domain-error.js';
import { currentRequest } from '../../requests/request-context.js';

export interface Greeting {
  readonly text: string;
  readonly requestId?: string;
  readonly traceId?: string;
  readonly principal?: string;
}

export interface GreetRequest {
  readonly name: string;
}

const json = {
  requestSerialize: (value: GreetRequest) => Buffer.from(JSON.stringify(value)),
  requestDeserialize: (bytes: Buffer): GreetRequest => JSON.parse(bytes.toString()) as GreetRequest,
  responseSerialize: (value: Greeting) => Buffer.from(JSON.stringify(value)),
  responseDeserialize: (bytes: Buffer): Greeting => JSON.parse(bytes.toString()) as Greeting,
};

/** The shape of the definitions that ts-proto generates. */
export const GreeterService = {
  greet: { path: '/test.v1.Greeter/Greet', requestStream: false, responseStream: false, ...json },
  welcome: { path: '/test.v1.Greeter/Welcome', requestStream: false, responseStream: false, ...json },
  salute: { path: '/test.v1.Greeter/Salute', requestStream: false, responseStream: false, ...json },
  missing: { path: '/test.v1.Greeter/Missing', requestStream: false, responseStream: false, ...json },
} satisfies Record<string, MethodDefinition<GreetRequest, Greeting>>;
export type GreeterService = typeof GreeterService;

/** The implementation of the greeting, which tests replace. */
@Injectable()
export class GreeterStub {
  greet: (name: string) => Promise<string> | string = (name) => `Hello ${name}`;
}

@Controller()
class GreeterController {
  constructor(@Inject(GreeterStub) private readonly stub: GreeterStub) {}

  @GrpcMethod('Greeter')
  async greet({ name }: GreetRequest): Promise<Greeting> {
    if (name === 'nobody')
      throw new DomainError('NOBODY', 'There is no such person', { kind: 'not-found', metadata: { a: 'b' } });
    if (name === 'defect') throw new Error('internals');
    const request = currentRequest();
    return {
      text: await this.stub.greet(name),
      requestId: request?.requestId,
      traceId: request?.trace.traceId,
      principal: currentPrincipal()?.id,
    };
  }

  @Public()
  @GrpcMethod('Greeter')
  welcome(): Greeting {
    return { text: 'Welcome', principal: currentPrincipal()?.id };
  }

  @Roles('admin')
  @GrpcMethod('Greeter')
  salute(): Greeting {
    return { text: 'At your service' };
  }
}

@Module({})
class GreeterModule {}

export function greeterOptions(stub = new GreeterStub(), imports: DynamicModule[] = []) {
  const providers = [{ provide: GreeterStub, useValue: stub }];
  return {
    name: 'greeter-service',
    module: { module: GreeterModule, imports, controllers: [GreeterController], providers },
    port: 0,
    packageName: 'test.v1',
    services: { Greeter: GreeterService },
  };
}
