import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { ServiceContext } from '../../context/service-context.js';
import { UpstreamWatch } from './upstream-watch.js';
import { Upstreams } from './upstreams.js';
import type { UpstreamOptions } from './upstreams.js';

export const UPSTREAM_OPTIONS = Symbol('upstream options');

/** Provides an `Upstream` for each service that this one calls, and monitors their health. */
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
