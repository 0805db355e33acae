import { describe, expect, it } from 'vitest';
import { formatNames } from '../../../src/input/dump-forms.ts';
import { envelopes } from '../../../src/input/envelopes/index.ts';
import { told } from '../helpers/dump-line.ts';

describe.each(envelopes.map((envelope) => [envelope.name, envelope] as const))('the form %s', (name, envelope) => {
  const { example, exampleFile, tellsOffsets, illegible } = envelope;

  it('can be asked for by its name', () => {
    expect(name).toMatch(/^[a-z]+(?:-[a-z0-9]+)*$/);
    expect(formatNames).toContain(name);
  });

  it('has an example in which every line is known for what it is', async () => {
    const { records, malformed } = await told(example, exampleFile === undefined ? {} : { file: exampleFile });

    if (illegible === undefined) {
      expect(records).not.toEqual([]);
      expect(malformed).toEqual([]);
    } else expect(malformed).not.toEqual([]);
  });

  it('is read alike when it is asked for by name', async () => {
    const file = exampleFile ?? 'dump';

    expect(await told(example, { file, format: name })).toEqual(await told(example, { file }));
  });

  it('tells offsets when it says so', async () => {
    const { records } = await told(example, exampleFile === undefined ? {} : { file: exampleFile });

    expect(records.some((record) => /\d\/\d/.test(record))).toBe(tellsOffsets);
  });

  it('is written up in sentences', () => {
    expect(envelope.title).toMatch(/^\S.{5,90}[^.]$/);
    expect(envelope.doc).toMatch(/^[A-Z].{50,}\.$/);
  });
});

it('no name is taken twice', () => {
  expect(formatNames.filter((name, i) => formatNames.indexOf(name) !== i)).toEqual([]);
});
