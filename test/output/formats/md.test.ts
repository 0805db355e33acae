import { expect, test } from 'vitest';
import { md } from '../../../src/output/formats/md.ts';
import { memorySink } from '../../../src/output/sinks/memory.ts';
import { fieldOf } from '../../../src/query/fields.ts';
import { plainOptions, written } from '../../contracts/format.ts';
import { hostileRecord, hostileTexts } from '../../helpers/hostile.ts';

test('is a table with numbers to the right and - for absent cells', () => {
  const fields = ['method', 'line', 'email'].map(fieldOf);

  expect(written(md, [hostileRecord('|<b>', 'M')], { fields })).toBe(
    '| method | line | email |\n| --- | ---: | --- |\n| M\\|&lt;b&gt; | 1 | - |\n',
  );
});

test('is nothing for no records', () => {
  const sink = memorySink();
  const writer = md.create(plainOptions, sink);

  writer.write([]);
  writer.end();

  expect(sink.text()).toBe('');
});

test('every row has as many cells as the header, whatever the texts hold', () => {
  const records = hostileTexts.map(([, text]) => hostileRecord(text, ''));
  const lines = written(md, records).split('\n').slice(0, -1);

  expect(new Set(lines.map((line) => line.replaceAll('\\|', '').split('|').length)).size).toBe(1);
});
