import { afterEach, describe, expect, it } from '@jest/globals';
import { FeedModule } from '@msx/runtime';
import { Injectable, Module } from '@nestjs/common';
import type { CanActivate } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { AccessGuard } from './auth/access.guard.js';
import { GatewayModule } from './gateway.module.js';
import type { GatewayOptions } from './gateway-options.js';
import { gatewayService } from './gateway-service.js';
import type { GatewayServiceOptions } from './gateway-service.js';
import { RATE_LIMIT_STORE } from './rate-limits/rate-limit-store.js';
import { providedClasses } from './schema/provided-classes.js';
import { TestGateway } from './testing/test-gateway.js';
import { TestUpstreams } from './testing/test-upstreams.js';

@Resolver()
class HelloResolver {
  @Query(() => String)
  hello(): string {
    return 'hello';
  }
}

/** Resolvers may be in modules of their own. */
@Module({ providers: [HelloResolver] })
class HelloModule {}

describe('a gateway', () => {
  let gateway: TestGateway;
  afterEach(() => gateway.stop());

  async function start(options: GatewayOptions, service: Partial<GatewayServiceOptions> = {}) {
    @Module({ imports: [GatewayModule.forRoot(options), HelloModule] })
    class AppModule {}
    const definition = gatewayService({ ...service, name: 'hello-gateway', module: AppModule });
    gateway = new TestGateway(definition, new TestUpstreams());
    await gateway.start();
    return gateway;
  }
  const page = () => fetch(gateway.url, { headers: { accept: 'text/html' } });
  const keys = () => fetch(gateway.url.replace('/graphql', '/.well-known/jwks.json'));

  it('is complete with nothing but resolvers', async () => {
    await start({});
    expect((await gateway.gql('{ hello _service { sdl } }')).data).toEqual({
      hello: 'hello',
      _service: { sdl: expect.stringContaining('hello: String!') },
    });
    expect((await gateway.gql('{ _entities(representations: []) { __typename } }')).errors).toHaveLength(1);
    expect([(await page()).status, (await keys()).status]).toEqual([200, 200]);
  });

  it('can leave out optional parts', async () => {
    await start({ without: ['playground', 'federation', 'jwks', 'subscriptions'] });
    expect((await gateway.gql('{ hello }')).data).toEqual({ hello: 'hello' });
    expect((await gateway.gql('{ _service { sdl } }')).errors).toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    expect([(await page()).status, (await keys()).status]).toEqual([400, 404]);
    const imported = GatewayModule.forRoot({ without: ['subscriptions'] }).imports!;
    expect(imported.map((each) => ('module' in each ? each.module : each))).not.toContain(FeedModule);
  });

  it('uses the replacements of a system for its own providers', async () => {
    @Injectable()
    class DenyAll implements CanActivate {
      canActivate(): boolean {
        return false;
      }
    }
    const keys: string[] = [];
    const take = (key: string) => {
      keys.push(key);
      return { allowed: true, remaining: 7, resetAfter: 1, retryAfter: 0 };
    };
    await start({
      replace: [
        { provide: AccessGuard, useClass: DenyAll },
        { provide: RATE_LIMIT_STORE, useValue: { take } },
      ],
    });
    const { errors, headers } = await gateway.gql('{ hello }');
    expect(errors).toHaveLength(1);
    expect(keys).toEqual([expect.stringMatching(/^address:/)]);
    expect(headers.get('ratelimit')).toContain('r=7');
  });

  it('uses the settings of its system, which variables override', async () => {
    await start({}, { settings: { QUERY_MAX_ALIASES: 1, RATE_LIMIT_ADDRESS: 'off' } });
    const { errors, headers } = await gateway.gql('{ a: hello b: hello }');
    expect(errors).toMatchObject([{ extensions: { code: 'TOO_MANY_ALIASES', limit: 1 } }]);
    expect(headers.get('ratelimit')).toBeNull();
    await gateway.stop();
    await gateway.start('development', { QUERY_MAX_ALIASES: '2' });
    expect((await gateway.gql('{ a: hello b: hello }')).errors).toBeUndefined();
  });
});

it('the classes of a schema are found in every module, as Nest would resolve them', async () => {
  class Ours {}
  @Module({ imports: [HelloModule, Promise.resolve({ module: class Late {}, providers: [Ours] })] })
  class AppModule {}
  expect(await providedClasses(AppModule)).toEqual([HelloResolver, Ours]);
  const replaced = { module: AppModule, providers: [Ours, { provide: Ours, useClass: HelloResolver }] };
  expect(await providedClasses(replaced)).toEqual([HelloResolver, Ours]);
});
