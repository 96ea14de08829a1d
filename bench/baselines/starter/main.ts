// A gateway like those of starter repositories: NestJS, Apollo on Express, clients created from .proto files at run time, and a
// call for each field. Without FEATURES=on it is bare: no tokens, no limits, no logs, no metrics.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

const app = await NestFactory.create(await rootModule(), { logger: false });
await app.listen(Number(process.env.PORT), '127.0.0.1');

async function rootModule() {
  if (process.env.FEATURES !== 'on') return AppModule;
  const { FeaturesModule } = await import('./features.module.js');
  return { module: FeaturesModule, imports: [AppModule] };
}
