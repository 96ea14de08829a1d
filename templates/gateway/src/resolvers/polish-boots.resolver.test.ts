// #file rpc
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestUpstream } from '@msx/gateway/testing';
import { DomainError, Upstream } from '@msx/runtime';
import { GardenGnomeServiceService } from '../gen/garden_gnome.js';
import { PolishBootsResolver } from './polish-boots.resolver.js';

describe('polishBoots', () => {
  const requests: unknown[] = [];
  const server = new TestUpstream(GardenGnomeServiceService, {
    polishBoots: (request) => {
      requests.push(request);
      throw new DomainError('NOT_TODAY', 'come back tomorrow', { kind: 'precondition' });
    },
    // #if example
    sweepYard: (request) => {
      requests.push(request);
      return {};
    },
    // #end
  });
  let upstream: Upstream<GardenGnomeServiceService>;
  beforeAll(async () => {
    await server.start();
    upstream = new Upstream(
      GardenGnomeServiceService,
      'village.garden_gnome.v1.GardenGnomeService',
      server.address,
    );
  });
  afterAll(() => {
    upstream?.close();
    server.stop();
  });

  it('passes on requests and errors', async () => {
    const resolver = new PolishBootsResolver(upstream);
    const args = {
      // #each field
      // #case string|id
      hatColour: 'hatColour',
      // #case int
      beardLength: 7,
      // #case float
      bodyWeight: 2.5,
      // #case bool
      wellPainted: true,
      // #case datetime
      madeAt: new Date('2026-01-02T03:04:05.678Z'),
      // #case example
      ownerId: 'ownerId',
      soldAt: new Date('2026-02-03T04:05:06.789Z'),
      gardenGnomeId: 'gardenGnomeId',
      wideAwake: true,
      // #end
    };
    const refused = { reason: 'NOT_TODAY', kind: 'precondition' };
    const answer = resolver.polishBoots(
      // #if any
      args,
      // #end
    );
    await expect(answer).rejects.toMatchObject(refused);
    expect(requests).toEqual([args]);
    // #if example
    expect(await resolver.sweepYard(args)).toBe(true);
    expect(requests[1]).toMatchObject({ hatColour: 'hatColour', beardLength: 7, wideAwake: true });
    // #end
  });
});
