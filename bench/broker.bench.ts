import { startBroker } from '../broker/src/index.js';
import { growth, idleCost, loadOf, manyPartitions } from './broker-load.js';
import { hasApacheKafka, startApacheKafka, startEmbedded, type BrokerProcess } from './broker-processes.js';
import { compare, median, residentMegabytes, timed, timeOfNode, type Measurement } from './measure.js';

/** How much passes through the broker; 5 in a full run. */
const GIGABYTES = Number(process.env.BENCH_GIGABYTES ?? 0.5);
const PARTITIONS = 10_000;

/** The embedded broker: its start, its cost when idle and under load, and a comparison with Apache Kafka. */
export default async function* broker(): AsyncGenerator<Measurement> {
  yield* starts();
  yield { what: 'start in the process of a test, ms', value: await inProcess(), bound: 100 };
  yield* withBroker(startEmbedded, alone);
  if (hasApacheKafka) yield* comparison();
  else console.log('  without TEST_KAFKA_LIBS, the folder of its jars, Apache Kafka is not measured');
}

async function* starts(): AsyncGenerator<Measurement> {
  const megabytes: number[] = [];
  const start = async () => {
    const { firstMetadataMs, pid, stop } = await startEmbedded();
    megabytes.push(residentMegabytes(pid));
    await stop();
    return firstMetadataMs;
  };
  const wall = await compare({ broker: start, node: timeOfNode }, 7);
  yield { what: 'process start to first metadata, ms', value: wall.broker };
  yield {
    what: 'process start to first metadata ÷ node -e 0, wall',
    value: wall.broker / wall.node,
    bound: 2.5,
  };
  yield { what: 'resident MB', value: median(megabytes), bound: 90 };
}

async function inProcess(): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 7; run++) {
    let kafka: Awaited<ReturnType<typeof startBroker>> | undefined;
    times.push(await timed(async () => (kafka = await startBroker())));
    await kafka?.stop();
  }
  return median(times);
}

async function* alone(process: BrokerProcess): AsyncGenerator<Measurement> {
  const idle = await idleCost(process.pid);
  yield { what: 'idle, resident MB', value: idle.megabytes, bound: 90, target: 50 };
  yield { what: 'idle, percent of a core', value: idle.percent, bound: 1, target: 0.2 };
  const what = `growth while ${GIGABYTES} GB pass through, MB`;
  yield { what, value: await growth(process, GIGABYTES), target: 10 };
  const many = await manyPartitions(process, PARTITIONS);
  yield { what: '10,000 partitions, resident MB', value: many.megabytes, target: 150 };
  yield {
    what: '10,000 partitions created: longest wait of another client, ms',
    value: many.createWaitMs,
    target: 100,
  };
  yield {
    what: '10,000 partitions deleted: longest wait of another client, ms',
    value: many.deleteWaitMs,
    target: 100,
  };
}

/** Ratios from one run. Throughput is that of the client where the client is slower than the brokers. */
async function* comparison(): AsyncGenerator<Measurement> {
  const ours = await measured(startEmbedded);
  const kafka = await measured(startApacheKafka);
  const ratio = (key: keyof typeof ours): number => ours[key] / kafka[key];
  yield { what: 'produce CPU ÷ Apache Kafka', value: ratio('produceCpuMs'), target: 0.25 };
  yield { what: 'produce CPU in transactions ÷ Apache Kafka', value: ratio('transactionCpuMs'), bound: 0.3 };
  yield { what: 'consume CPU ÷ Apache Kafka', value: ratio('consumeCpuMs'), bound: 0.25 };
  yield { what: 'produce throughput ÷ Apache Kafka', value: 1 / ratio('produceMs'), target: 1.1 };
  yield { what: 'one acknowledged message, p50 ÷ Apache Kafka', value: ratio('singleMs'), target: 0.5 };
  yield { what: 'start to first metadata ÷ Apache Kafka', value: ratio('firstMetadataMs'), target: 0.033 };
}

async function measured(start: () => Promise<BrokerProcess>) {
  const process = await start();
  try {
    return { ...(await loadOf(process)), firstMetadataMs: process.firstMetadataMs };
  } finally {
    await process.stop();
  }
}

async function* withBroker(
  start: () => Promise<BrokerProcess>,
  work: (process: BrokerProcess) => AsyncGenerator<Measurement>,
): AsyncGenerator<Measurement> {
  const process = await start();
  try {
    yield* work(process);
  } finally {
    await process.stop();
  }
}
