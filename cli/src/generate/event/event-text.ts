import { camel, pascal } from '../names/words.js';
import { examplesOf } from '../parts/plain-fields.js';
import type { EventModel } from './generate-event.js';

export function eventText({ topic, words, stub, service, folder, key }: EventModel): string {
  const [name, message] = [camel(words), pascal(words)];
  const gen = folder === `${service.path}/src` ? './gen' : '../gen';
  return `import { defineEvent } from '@msx/runtime';
import type { Outbox } from '@msx/runtime';
import type { EntityManager } from 'typeorm';
import { ${message} } from '${gen}/${stub}.js';

export const ${name} = defineEvent('${topic}', ${message});

/** Tells the world, once the transaction of \`tx\` commits, and not at all unless it does. */
export async function tell${message}(outbox: Outbox, tx: EntityManager, event: ${message}): Promise<void> {
  await outbox.add(tx, ${name}, { key: event.${key.name}, value: event });
}
`;
}

export function eventTest({ topic, words, stub, service, folder, fields, key }: EventModel): string {
  const message = pascal(words);
  const here = folder === `${service.path}/src` ? '.' : '..';
  return `import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Outbox } from '@msx/runtime';
import { TestService } from '@msx/runtime/testing';
import { AppModule } from '${here}/app.module.js';
import { ${message} } from '${here}/gen/${stub}.js';
import { tell${message} } from './${words.join('-')}.event.js';

describe('${topic}', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start({ name: '${service.name}', module: AppModule, driver: 'sqlite' });
  });
  afterAll(() => service?.stop());

  const event: ${message} = ${examplesOf(fields)};
  const tell = (andThen: () => void) =>
    service.database.transaction(async (tx) => {
      await tell${message}(service.get(Outbox), tx, event);
      andThen();
    });

  it('is told with what caused it, or not at all', async () => {
    const fail = () => {
      throw new Error('undone');
    };
    await expect(tell(fail)).rejects.toThrow('undone');
    expect(await service.outbox('${topic}')).toEqual([]);
    await tell(() => undefined);
    expect(await service.outbox('${topic}')).toEqual([
      { topic: '${topic}', key: event.${key.name}, value: ${message}.toJSON(event) },
    ]);
  });
});
`;
}
