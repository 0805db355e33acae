import { expect, it } from 'vitest';
import { serviceOf } from '../../src/record/service.ts';

it.each([
  [undefined, undefined],
  ['', undefined],
  ['io.confluent.kafka.server/authentication', 'kafka'],
  ['io.confluent.sg.server/request', 'schema-registry'],
  ['io.confluent.ksql.server/authorization', 'ksqldb'],
  ['io.confluent.flink.server/request', 'flink'],
  ['io.confluent.context.engine/request', 'context-engine'],
  ['io.confluent.cloud/request', 'cloud'],
  ['io.confluent.new.server/request', 'new'],
  ['io.confluent.server.thing/request', 'server.thing'],
  ['io.confluent.a/b/c', 'a/b'],
  ['io.confluent.cloud', 'cloud'],
  ['com.example.app/request', 'com.example.app'],
  ['io.confluent.constructor/request', 'constructor'],
  ['io.confluent.__proto__/request', '__proto__'],
  ['io.confluent./request', undefined],
  ['/request', undefined],
])('the service of %j is %j', (type, service) => {
  expect(serviceOf(type)).toBe(service);
});
