import { expect, it } from '@jest/globals';
import { parseSystem } from './load-system.js';

it.each(['kafka', 'kafka:99999', 'kafka:9092, :9093', '[::1]:9092', 'unix:/kafka'])(
  'refuses %s as a broker address in every setting',
  (address) => {
    const text = `name: tiny
services: { one: { path: one, kind: graphql, port: 4000 } }
broker: { mode: external, address: '${address}' }
environments: { production: { kafka: { brokers: '${address}' } } }`;
    const refused = () => parseSystem(text, '/tiny', () => true);
    expect(refused).toThrow(/msx\.yaml:3:36 broker\.address: is not host:port/);
    expect(refused).toThrow(/msx\.yaml:4:49 environments\.production\.kafka\.brokers: is not host:port/);
  },
);
