import { GatewayModule } from '@msx/gateway';
import { Module } from '@nestjs/common';
import { entities } from './entities/entities.js';
import { relations } from './entities/relations.js';
import { followedEvents } from './events/followed-events.js';
import { examples } from './playground/examples.js';
import { upstreams } from './upstreams/upstreams.js';

@Module({
  imports: [GatewayModule.forRoot({ entities, relations, upstreams, examples, follows: followedEvents })],
  providers: [],
})
export class AppModule {}
