// The gateway as starter repositories have it: NestJS, Apollo on Express, clients made of .proto files at run time, and a
// call for each field. It has nothing of ours: no tokens, no limits, no logs.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(Number(process.env.PORT), '127.0.0.1');
