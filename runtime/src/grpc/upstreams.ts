import type { Check } from '../health/health.js';
import type { ServiceContext } from '../service/service-context.js';
import type { StaticService } from './package-definition.js';
import { Upstream } from './upstream.js';
import type { UpstreamOptions } from './upstreams.module.js';

/** The clients of a service, by name; may be injected, to tell of all their circuits. */
export class Upstreams {
  readonly all: readonly {
    readonly name: string;
    readonly upstream: Upstream<StaticService>;
    readonly check: Check;
  }[];

  constructor({ config, health, logger }: ServiceContext, options: readonly UpstreamOptions[]) {
    this.all = options.map(({ name, client, service }) => ({
      name,
      upstream: new Upstream(client, service, config.upstreams.get(name)!, {
        name,
        tls: config.tls,
        onCircuit: (circuit) => logger.warn('circuit', { upstream: name, circuit }, 'Upstream'),
      }),
      check: health.check(name, name),
    }));
  }

  named(name: string): Upstream<StaticService> {
    return this.all.find((one) => one.name === name)!.upstream;
  }
}
