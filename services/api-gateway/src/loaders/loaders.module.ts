import { Module } from '@nestjs/common';
import { upstreams } from '../upstreams/upstreams.module.js';
import { LoadersFactory } from './loaders.js';

@Module({ imports: [upstreams], providers: [LoadersFactory], exports: [LoadersFactory] })
export class LoadersModule {}
