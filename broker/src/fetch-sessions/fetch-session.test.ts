import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ErrorCode } from '../wire/error-code.js';
import { FetchSessionCache, type FetchContext } from './fetch-session-cache.js';
import type { AnsweredPartition, RequestedPartition } from './fetch-session.js';

interface Requested extends RequestedPartition {
  readonly fetchOffset: number;
}
type Context = FetchContext<Requested>;

const MINUTE = 60_000;
const FINAL = -1;

const open = (start = 0) => {
  const clock = { now: start };
  const cache = new FetchSessionCache(() => clock.now);
  const fetch = (
    session: { id?: number; epoch: number; version?: number },
    partitions: number[] = [],
    forgotten: number[] = [],
  ): Context | ErrorCode => {
    const named = { topic: 'a', topicId: '' };
    const requested = partitions.map((partition) => ({ partition, fetchOffset: 0 }));
    return cache.open(
      {
        sessionId: session.id ?? 0,
        sessionEpoch: session.epoch,
        topics: requested.length > 0 ? [{ ...named, partitions: requested }] : [],
        forgottenTopicsData: forgotten.length > 0 ? [{ ...named, partitions: forgotten }] : [],
      },
      session.version ?? 12,
    );
  };
  return { clock, fetch };
};

const partitionsOf = (context: Context | ErrorCode): number[] =>
  (context as Context).topics.flatMap(({ partitions }) => partitions.map(({ partition }) => partition));

/** Completes a context with the same answer for each of its partitions, or with one for each. */
const complete = (
  context: Context | ErrorCode,
  answer: (partition: number) => AnsweredPartition = () => ({}),
) =>
  (context as Context).complete(
    (context as Context).topics.map(({ topic, topicId, partitions }) => ({
      topic,
      topicId,
      partitions: partitions.map(({ partition }) => ({
        partitionIndex: partition,
        highWatermark: 0,
        logStartOffset: 0,
        ...answer(partition),
      })),
    })),
  ) as { sessionId: number; responses: { partitions: { partitionIndex: number }[] }[]; errorCode?: number };

const answered = (completion: ReturnType<typeof complete>): number[] =>
  completion.responses.flatMap(({ partitions }) => partitions.map(({ partitionIndex }) => partitionIndex));

const records = Buffer.from('x');

describe('a fetch session', () => {
  it('follows the partitions of its first request, and answers what has changed', () => {
    const { fetch } = open();
    const { sessionId: id, responses } = complete(fetch({ epoch: 0 }, [0, 1, 2]));
    expect(id).toBeGreaterThan(0);
    expect(responses).toHaveLength(1);
    expect(answered(complete(fetch({ id, epoch: 1 })))).toEqual([]);
    const moved = complete(fetch({ id, epoch: 2 }), (p) => (p === 1 ? { highWatermark: 5 } : {}));
    expect(answered(moved)).toEqual([1]);
    const trimmed = complete(fetch({ id, epoch: 3 }), (p) => ({
      highWatermark: p === 1 ? 5 : 0,
      logStartOffset: p,
    }));
    expect(answered(trimmed)).toEqual([1, 2]);
  });

  it('repeats errors, and the offsets after them', () => {
    const { fetch } = open();
    const { sessionId: id } = complete(fetch({ epoch: 0 }, [0, 1]));
    const failing = (p: number) => (p === 0 ? { errorCode: 1 } : {});
    for (const epoch of [1, 2]) expect(answered(complete(fetch({ id, epoch }), failing))).toEqual([0]);
    expect(answered(complete(fetch({ id, epoch: 3 })))).toEqual([0]);
    expect(answered(complete(fetch({ id, epoch: 4 })))).toEqual([]);
  });

  it('adds, changes and forgets partitions; without any it ends', () => {
    const { fetch } = open();
    const { sessionId: id } = complete(fetch({ epoch: 0 }, [0, 1]));
    const changed = fetch({ id, epoch: 1 }, [2, 1], [0]);
    expect(partitionsOf(changed)).toEqual([1, 2]);
    expect(answered(complete(changed))).toEqual([2]);
    expect(complete(fetch({ id, epoch: 2 }, [], [1, 2])).sessionId).toBe(0);
    expect(fetch({ id, epoch: 3 })).toBe(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
  });

  it('reads partitions with records last the next time, so that all have their turn', () => {
    const { fetch } = open();
    const { sessionId: id } = complete(fetch({ epoch: 0 }, [0, 1, 2]));
    const first = (): number[] => {
      const context = fetch({ id, epoch: epoch++ });
      const [head] = partitionsOf(context);
      return answered(complete(context, (p) => (p === head ? { records } : {})));
    };
    let epoch = 1;
    expect([first(), first(), first(), first()]).toEqual([[0], [1], [2], [0]]);
  });

  it('refuses another epoch, another way to name topics, and unknown ids', () => {
    const { fetch } = open();
    const { sessionId: id } = complete(fetch({ epoch: 0 }, [0]));
    expect(fetch({ id, epoch: 2 })).toBe(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
    expect(fetch({ id, epoch: 1, version: 13 })).toBe(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
    expect(fetch({ id: id === 5 ? 6 : 5, epoch: 1 })).toBe(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    expect(partitionsOf(fetch({ id, epoch: 1 }))).toEqual([0]);
  });

  it('answers only the latest of requests that overlap', () => {
    const { fetch } = open();
    const { sessionId: id } = complete(fetch({ epoch: 0 }, [0]));
    const early = fetch({ id, epoch: 1 });
    const late = fetch({ id, epoch: 2 });
    expect(complete(early)).toEqual({ errorCode: ErrorCode.INVALID_FETCH_SESSION_EPOCH, sessionId: id });
    expect(complete(late).sessionId).toBe(id);
  });

  it('ends with a full request', () => {
    const { fetch } = open();
    const { sessionId: id } = complete(fetch({ epoch: 0 }, [0]));
    expect(complete(fetch({ id, epoch: FINAL }, [0])).sessionId).toBe(0);
    expect(fetch({ id, epoch: 1 })).toBe(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
  });

  it('tells a client every change exactly as full requests would', () => {
    const change = fc.record({
      partition: fc.nat(3),
      by: fc.constantFrom('records', 'offset', 'error', 'none'),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const { fetch } = open();
        const truth = [0, 0, 0, 0];
        const { sessionId: id } = complete(fetch({ epoch: 0 }, [0, 1, 2, 3]));
        const seen = [0, 0, 0, 0];
        for (const [i, { partition, by }] of changes.entries()) {
          if (by === 'offset' || by === 'records') truth[partition]!++;
          const completion = complete(fetch({ id, epoch: i + 1 }), (p) => ({
            highWatermark: truth[p]!,
            ...(p === partition && by === 'records' ? { records } : {}),
            ...(p === partition && by === 'error' ? { errorCode: 1, highWatermark: -1 } : {}),
          }));
          const list = completion.responses.flatMap(({ partitions }) => partitions as AnsweredPartition[]);
          for (const { partitionIndex, highWatermark, errorCode = 0 } of list)
            if (errorCode === 0) seen[partitionIndex!] = highWatermark!;
          expect(seen).toEqual(truth);
        }
      }),
    );
  });
});

describe('the cache of fetch sessions', () => {
  const fill = (fetch: ReturnType<typeof open>['fetch'], partitions: number[]): number[] =>
    Array.from({ length: 1000 }, () => complete(fetch({ epoch: 0 }, partitions)).sessionId);

  it('has 1,000 sessions; a further client has none', () => {
    const { fetch } = open();
    expect(fill(fetch, [0]).every((id) => id > 0)).toBe(true);
    expect(complete(fetch({ epoch: 0 }, [0])).sessionId).toBe(0);
  });

  it('replaces the session that was unused for the longest time', () => {
    const { clock, fetch } = open();
    const [first, second] = fill(fetch, [0]);
    clock.now += 2 * MINUTE;
    complete(fetch({ id: first!, epoch: 1 }));
    clock.now += 1;
    expect(complete(fetch({ epoch: 0 }, [0])).sessionId).toBeGreaterThan(0);
    expect(fetch({ id: second!, epoch: 1 })).toBe(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    expect(partitionsOf(fetch({ id: first!, epoch: 2 }))).toEqual([0]);
  });

  it('replaces an old session by one with more partitions', () => {
    const { clock, fetch } = open();
    const ids = fill(fetch, [0]);
    for (const _ of [1, 2]) {
      clock.now += MINUTE + 1;
      for (const id of ids) complete(fetch({ id, epoch: _ }));
    }
    expect(complete(fetch({ epoch: 0 }, [0])).sessionId).toBe(0);
    expect(complete(fetch({ epoch: 0 }, [0, 1])).sessionId).toBeGreaterThan(0);
  });

  it('bounds the partitions of all sessions', () => {
    const { fetch } = open();
    const many = Array.from({ length: 150_000 }, (_, i) => i);
    const { sessionId: id } = complete(fetch({ epoch: 0 }, many));
    expect(complete(fetch({ epoch: 0 }, many)).sessionId).toBe(0);
    expect(
      fetch(
        { id, epoch: 1 },
        many.map((i) => i + 100_000),
      ),
    ).toBe(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    expect(complete(fetch({ epoch: 0 }, many)).sessionId).toBeGreaterThan(0);
  });
});
