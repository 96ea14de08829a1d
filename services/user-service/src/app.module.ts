import { DatabaseModule, EventsModule, TokenIssuerModule } from '@msx/runtime';
import { Module } from '@nestjs/common';
import { CreateSessions1767830400000 } from './migrations/create-sessions.js';
import { CreateUsers1767225600000 } from './migrations/create-users.js';
import { IndexUsers1768435200000 } from './migrations/index-users.js';
import { ProveSessions1769040000000 } from './migrations/prove-sessions.js';
import { SessionController } from './session/session.controller.js';
import { Session } from './session/session.entity.js';
import { SessionService } from './session/session.service.js';
import { UserController } from './user/user.controller.js';
import { User } from './user/user.entity.js';
import { userCreated, UserEvents, userUpdated } from './user/user.events.js';
import { UserService } from './user/user.service.js';

@Module({
  imports: [
    DatabaseModule.forRoot({
      file: 'users.db',
      entities: [User, Session],
      migrations: [
        CreateUsers1767225600000,
        CreateSessions1767830400000,
        IndexUsers1768435200000,
        ProveSessions1769040000000,
      ],
    }),
    TokenIssuerModule.forRoot(),
    EventsModule.forRoot({ publishes: [userCreated, userUpdated], consumes: false }),
  ],
  controllers: [UserController, SessionController],
  providers: [UserService, UserEvents, SessionService],
})
export class AppModule {}
