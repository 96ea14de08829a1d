import { Inject, Module } from '@nestjs/common';
import type {
  DynamicModule,
  InjectionToken,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import { ServiceContext } from '../service/service-context.js';
import type { StaticService } from './package-definition.js';
import { UpstreamWatch } from './upstream-watch.js';
import { Upstreams } from './upstreams.js';

export interface UpstreamOptions {
  /** Its name in msx.yaml; `user-service` is found at USER_SERVICE_URL. */
  readonly name: string;
  /** What the `Upstream` is injected by. */
  readonly token: InjectionToken;
  /** Its generated definition: `UserServiceService`. */
  readonly client: StaticService;
  /** Its full name: `shop.user.v1.UserService`. */
  readonly service: string;
}

export const UPSTREAM_OPTIONS = Symbol('upstream options');

/** Provides an `Upstream` for each service that this one calls, and watches over their health. */
@Module({})
export class UpstreamsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly watches: UpstreamWatch[];

  constructor(@Inject(Upstreams) private readonly upstreams: Upstreams) {
    this.watches = upstreams.all.map(({ upstream, check }) => new UpstreamWatch(upstream, check));
  }

  static forRoot(options: readonly UpstreamOptions[]): DynamicModule {
    const clients = options.map(({ token, name }) => ({
      provide: token,
      useFactory: (upstreams: Upstreams) => upstreams.named(name),
      inject: [Upstreams],
    }));
    return {
      module: UpstreamsModule,
      global: true,
      providers: [
        { provide: UPSTREAM_OPTIONS, useValue: options },
        {
          provide: Upstreams,
          useFactory: (context: ServiceContext) => new Upstreams(context, options),
          inject: [ServiceContext],
        },
        ...clients,
      ],
      exports: [Upstreams, ...clients.map(({ provide }) => provide)],
    };
  }

  onApplicationBootstrap(): void {
    for (const watch of this.watches) watch.start();
  }

  onApplicationShutdown(): void {
    for (const watch of this.watches) watch.stop();
    for (const { upstream } of this.upstreams.all) upstream.close();
  }
}
