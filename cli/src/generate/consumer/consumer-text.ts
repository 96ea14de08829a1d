import { camel, pascal } from '../names/words.js';
import type { ConsumerModel } from './generate-consumer.js';

export function consumerText({ topic, words, message, stub }: ConsumerModel): string {
  const [name, of] = [camel(words), pascal(words)];
  return `import { defineEvent, OnEvent, type ReceivedEvent } from '@msx/runtime';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ${message} } from '../gen/${stub}.js';

export const ${name} = defineEvent('${topic}', ${message});

/** What ${topic} means to this service. */
@Injectable()
export class ${of}Consumer {
  private readonly logger = new Logger(${of}Consumer.name);

  /** What is changed through \`tx\` commits together with the note that this event has been dealt with. */
  @OnEvent(${name})
  async on${of}({ key }: ReceivedEvent<${message}>, _tx: EntityManager): Promise<void> {
    this.logger.log(\`${topic} \${key}\`);
  }
}
`;
}

export function consumerTest({ topic, words, service, message, stub }: ConsumerModel): string {
  const of = pascal(words);
  return `import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TestService } from '@msx/runtime/testing';
import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { AppModule } from '../app.module.js';
import { ${message} } from '../gen/${stub}.js';
import { ${of}Consumer } from './${words.join('-')}.consumer.js';

describe('${of}Consumer', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start({ name: '${service.name}', module: AppModule, driver: 'sqlite' });
  });
  afterAll(() => service?.stop());

  it('hears of ${topic}', async () => {
    const said = jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
    const value = ${message}.fromPartial({});
    const event = { id: randomUUID(), topic: '${topic}', key: 'k-1', time: new Date(), source: 'test', value };
    await service.database.transaction((tx) => service.get(${of}Consumer).on${of}(event, tx));
    expect(said).toHaveBeenCalledWith('${topic} k-1');
    said.mockRestore();
  });
});
`;
}
