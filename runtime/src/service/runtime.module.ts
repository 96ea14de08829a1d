import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { TokenVerifier } from '../auth/token-verifier.js';
import { loadConfig } from '../config/load-config.js';
import type { Environment } from '../config/config.js';
import { Logger } from '../logs/logger.js';
import type { ImportedModule } from './module-parts.js';
import { ServiceContext } from '../context/service-context.js';
import { needsOf } from './service-needs.js';
import { settingsOf } from './service-settings.js';
import type { ServiceSettings } from './service-settings.js';

export interface TestServiceOptions {
  readonly name: string;
  readonly module: ImportedModule;
  readonly settings?: ServiceSettings<unknown>;
  /** The variables (DATABASE_URL, KAFKA_BROKERS, TOPICS, …); the environment of the process is not read. */
  readonly env?: Environment;
}

type ServiceParts = Pick<TestServiceOptions, 'module' | 'settings'>;

/** Wraps a service's root module and provides its context. */
@Module({})
export class RuntimeModule {
  static forContext(context: ServiceContext, { module, settings }: ServiceParts): DynamicModule {
    const own = settings && [{ provide: settings.token, useValue: settingsOf(settings, context.config) }];
    const providers = [
      { provide: ServiceContext, useValue: context },
      { provide: Logger, useValue: context.logger },
      { provide: TokenVerifier, useValue: context.tokens },
      ...(own ?? []),
    ];
    return { module: RuntimeModule, global: true, imports: [module], providers, exports: providers };
  }

  /** For tests: `Test.createTestingModule({ imports: [RuntimeModule.forTest({ name, module: AppModule, env })] })`. */
  static forTest({ name, module, settings, env = {} }: TestServiceOptions): DynamicModule {
    const config = loadConfig(
      { NODE_ENV: 'test', LOG_LEVEL: 'fatal', AUTH: 'optional', ...env },
      { ...needsOf(module, 0), variables: settings?.variables },
    );
    return RuntimeModule.forContext(new ServiceContext(name, config), { module, settings });
  }
}
