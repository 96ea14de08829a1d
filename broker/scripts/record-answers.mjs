// Records what a broker answers to requests about topics and settings, for src/apis/kafka-answers.test.ts.
//
//   npm run build -w broker && node broker/scripts/record-answers.mjs HOST:PORT < questions.jsonl > answers.jsonl
//
// The broker must be a fresh single-node Apache Kafka with node id 1; lines of an earlier recording are questions, too. Every line of the input is
// {"api": "CreateTopics", "version": 7, "request": {…}}, with bytes as {"base64": "…"}; the output adds the "response".
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { registry } from '../dist/apis/registry.js';
import { wireOf } from '../dist/wire/api.js';
import { Reader } from '../dist/wire/reader.js';
import { Writer } from '../dist/wire/writer.js';

const TIMEOUT_MS = 30_000;
const [host, port] = process.argv[2].split(':');
const apis = new Map(registry.map(({ api }) => [api.name, api]));

const frameOf = (api, version, request) => {
  const wire = wireOf(api, version);
  const writer = new Writer();
  writer.int16(api.key);
  writer.int16(version);
  writer.int32(1);
  writer.int16(-1);
  if (wire.flexible) writer.uvarint(0);
  api.request.write(writer, request, wire);
  const length = Buffer.alloc(4);
  length.writeInt32BE(writer.length);
  return Buffer.concat([length, ...writer.chunks()]);
};

const read = async (socket) => {
  let bytes = Buffer.alloc(0);
  while (bytes.length < 4 || bytes.length < 4 + bytes.readInt32BE(0)) {
    const [chunk] = await once(socket, 'data');
    bytes = Buffer.concat([bytes, chunk]);
  }
  return bytes.subarray(4);
};

const call = async (socket, api, { version, request }) => {
  socket.write(frameOf(api, version, request));
  const reader = new Reader(await read(socket));
  const wire = wireOf(api, version);
  reader.int32();
  if (wire.flexible) reader.uvarint();
  return api.response.read(reader, wire);
};

const socket = connect(Number(port), host);
socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('no answer')));
await once(socket, 'connect');
for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const request = JSON.parse(line, (_, value) =>
    value?.base64 ? Buffer.from(value.base64, 'base64') : value,
  ).request;
  const response = await call(socket, apis.get(question.api), { ...question, request });
  process.stdout.write(`${JSON.stringify({ ...question, response })}\n`);
}
socket.destroy();
