import { DatabaseModule, EventsModule } from '@msx/runtime';
import { Module } from '@nestjs/common';
import { CreateUsers1767225600000 } from './migrations/create-users.js';
import { UserController } from './user/user.controller.js';
import { User } from './user/user.entity.js';
import { userCreated, UserEvents, userUpdated } from './user/user.events.js';
import { UserService } from './user/user.service.js';

@Module({
  imports: [
    DatabaseModule.forRoot({ file: 'users.db', entities: [User], migrations: [CreateUsers1767225600000] }),
    EventsModule.forRoot({ publishes: [userCreated, userUpdated], consumes: false }),
  ],
  controllers: [UserController],
  providers: [UserService, UserEvents],
})
export class AppModule {}
