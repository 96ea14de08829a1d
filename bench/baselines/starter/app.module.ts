import { join, resolve } from 'node:path';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Controller, Get, Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { ClientsModule, Transport } from '@nestjs/microservices';
import type { HttpContext } from './http-context.js';
import { OrderItemResolver, OrderResolver } from './order.resolver.js';
import { UserResolver } from './user.resolver.js';

const proto = resolve(import.meta.dirname, '../../../proto');

const client = (name: string) => ({
  name: `${name.toUpperCase()}_PACKAGE`,
  transport: Transport.GRPC as const,
  options: {
    package: `shop.${name}.v1`,
    protoPath: join(proto, `${name}.proto`),
    url: process.env[`${name.toUpperCase()}_SERVICE_URL`]!,
    loader: { includeDirs: [proto] },
  },
});

@Controller('health')
class HealthController {
  @Get('started')
  started() {
    return 'ok';
  }
}

@Module({
  imports: [
    ClientsModule.register([client('user'), client('product'), client('order')]),
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      context: ({ req, res }: HttpContext) => ({ req, res }),
    }),
  ],
  controllers: [HealthController],
  providers: [UserResolver, OrderResolver, OrderItemResolver],
})
export class AppModule {}
