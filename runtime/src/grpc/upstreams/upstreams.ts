import { status } from '@grpc/grpc-js';
import type { InjectionToken } from '@nestjs/common';
import type { Check } from '../../health/health.js';
import type { ServiceContext } from '../../context/service-context.js';
import type { StaticService } from '../wire/package-definition.js';
import type { CircuitState } from '../client/circuit.js';
import { Upstream } from '../client/upstream.js';

export interface UpstreamOptions {
  /** Its name in msx.yaml; the address of `user-service` is USER_SERVICE_URL. */
  readonly name: string;
  /** The injection token of the `Upstream`. */
  readonly token: InjectionToken;
  /** Its generated definition: `UserServiceService`. */
  readonly client: StaticService;
  /** Its full name: `shop.user.v1.UserService`. */
  readonly service: string;
}

const CALLS = {
  name: 'grpc_client_handling_seconds',
  help: 'Duration of calls to other services.',
  labels: ['upstream', 'grpc_path', 'grpc_code'],
};

const CIRCUITS = {
  name: 'upstream_circuit_state',
  help: 'State of the circuit breaker: 0 closed, 1 half-open, 2 open.',
  labels: ['upstream'],
};

const LEVELS: Readonly<Record<CircuitState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** The clients of a service, by name; inject it to read the state of all their circuits. */
export class Upstreams {
  readonly all: readonly {
    readonly name: string;
    readonly upstream: Upstream<StaticService>;
    readonly check: Check;
  }[];

  constructor({ config, health, logger, metrics }: ServiceContext, options: readonly UpstreamOptions[]) {
    const calls = metrics.histogram(CALLS);
    this.all = options.map(({ name, client, service }) => ({
      name,
      upstream: new Upstream(client, service, config.upstreams.get(name)!, {
        name,
        tls: config.tls,
        calls,
        onCircuit: (circuit) => logger.warn('circuit', { upstream: name, circuit }, 'Upstream'),
        onSilence: (method, { code, details: reason }) =>
          logger.warn('not answered', { upstream: name, method, code: status[code], reason }, 'Upstream'),
      }),
      check: health.check(name, name),
    }));
    metrics.gauge(CIRCUITS, () =>
      this.all.map(({ name, upstream }) => ({ labels: { upstream: name }, value: LEVELS[upstream.circuit] })),
    );
  }

  named(name: string): Upstream<StaticService> {
    return this.all.find((one) => one.name === name)!.upstream;
  }
}
