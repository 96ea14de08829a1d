import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AbstractGraphQLDriver } from '@nestjs/graphql';
import type { EngineName } from '../settings/engine.js';
import { apolloInstallation, installedEngines } from './apollo-packages.js';
import type { EngineOptions } from './engine-options.js';

type Driver = AbstractGraphQLDriver<EngineOptions>;

/** Loaded on demand: a process pays for the memory of one engine only. */
const DRIVERS: Record<EngineName, () => Promise<Type<Driver>>> = {
  compiled: async () => (await import('./compiled/compiled.driver.js')).CompiledDriver,
  apollo: async () => {
    if (!installedEngines().includes('apollo'))
      throw new Error(`GRAPHQL_ENGINE is apollo, but its packages are not installed: ${apolloInstallation}`);
    return (await import('./apollo/apollo-engine.driver.js')).ApolloEngineDriver;
  },
};

/** Builds the schema, and lets the configured engine serve it. */
@Injectable()
export class EngineDriver extends AbstractGraphQLDriver<EngineOptions> {
  private engine: Driver | undefined;

  constructor(private readonly modules: ModuleRef) {
    super();
  }

  override async mergeDefaultOptions(options: EngineOptions): Promise<EngineOptions> {
    this.engine = await this.modules.create(await DRIVERS[options.engine]());
    return this.engine.mergeDefaultOptions(options);
  }

  async start(options: EngineOptions): Promise<void> {
    await this.engine!.start(options);
  }

  async stop(): Promise<void> {
    await this.engine?.stop();
  }
}
