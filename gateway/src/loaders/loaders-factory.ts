import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { batched } from './batched.js';
import type { EntityLoader, Fetch } from './batched.js';
import type { Entities, Loaders } from './entity.js';

type Fetches = readonly (readonly [name: string, fetch: Fetch<{ id: string }>])[];

/** Creates the loaders of each request. */
export class LoadersFactory {
  constructor(private readonly fetches: Fetches) {}

  /** New loaders. Never share them between requests, or one would see the data of another. */
  create(): Loaders {
    const loaders: Record<string, EntityLoader<{ id: string }>> = {};
    for (const [name, fetch] of this.fetches) loaders[name] = batched(fetch);
    return loaders;
  }
}

@Module({})
class LoadersModule {}

/** A module with the factory of the loaders, or its replacement. */
export function loadersModule(entities: Entities, replace: readonly Provider[]): DynamicModule {
  const all = Object.entries(entities);
  const factory: Provider = {
    provide: LoadersFactory,
    inject: all.map(([, { from }]) => from),
    useFactory: (...sources: unknown[]) =>
      new LoadersFactory(all.map(([name, { load }], n) => [name, (ids) => load(sources[n], ids)])),
  };
  const replaced = replace.filter((each) => typeof each === 'object' && each.provide === LoadersFactory);
  return { module: LoadersModule, providers: [factory, ...replaced], exports: [LoadersFactory] };
}
