// A test of a NestJS microservice. Compile it with `experimentalDecorators`, and run it with `node --test`.
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBroker } from '@msx/broker';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientKafka, EventPattern, MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';

const received: unknown[] = [];

@Controller()
class OrdersController {
  @EventPattern('orders.created')
  created(@Payload() order: object): void {
    received.push(order);
  }

  @MessagePattern('orders.total')
  total(@Payload() order: { prices: number[] }): object {
    return { total: order.prices.reduce((sum, price) => sum + price, 0) };
  }
}

@Module({ controllers: [OrdersController] })
class OrdersModule {}

test('a microservice handles events and requests', async (context) => {
  const kafka = await startBroker();
  // The topics exist before the service subscribes to them.
  for (const topic of ['orders.created', 'orders.total', 'orders.total.reply'])
    await kafka.createTopic(topic);
  const options = { client: { brokers: [kafka.bootstrapServers] } };
  const service = await NestFactory.createMicroservice(OrdersModule, {
    transport: Transport.KAFKA,
    options: { ...options, subscribe: { fromBeginning: true } },
    logger: ['error'],
  });
  await service.listen();
  const client = new ClientKafka(options);
  context.after(async () => {
    await client.close();
    await service.close();
    await kafka.stop();
  });
  client.subscribeToResponseOf('orders.total');
  await client.connect();

  await firstValueFrom(client.emit('orders.created', { key: '1', value: { id: '1' } }));
  assert.deepEqual(await firstValueFrom(client.send('orders.total', { prices: [2, 3] })), { total: 5 });
  await kafka.message('orders.created', { where: ({ key }) => key === '1' });
  assert.deepEqual(received, [{ id: '1' }]);
});
