import { startGrpcService } from '@msx/runtime';
import { AppModule } from './app.module.js';
import { UserServiceService } from './gen/user.js';
import { users } from './user/user.command.js';
import { userSeeds } from './seeds/users.seed.js';

await startGrpcService({
  name: 'user-service',
  module: AppModule,
  port: 50051,
  packageName: 'shop.user.v1',
  services: { UserService: UserServiceService },
  descriptor: new URL('./gen/descriptor.binpb', import.meta.url),
  commands: { users },
  seeds: [userSeeds],
});
