import { describe, expect, test } from 'vitest';
import { type Format, type FormatOptions, formats } from '../../src/output/formats/index.ts';
import { memorySink } from '../../src/output/sinks/memory.ts';
import { styles } from '../../src/output/style.ts';
import { fieldOf } from '../../src/query/fields.ts';
import { listedColumns } from '../../src/record/columns/index.ts';
import type { AuditRecord } from '../../src/record/record.ts';
import { utc } from '../../src/record/zone.ts';
import { hostileRecord, hostileTexts, unsafeCharacter } from '../helpers/hostile.ts';

export const plainOptions: FormatOptions = {
  fields: ['time', 'method', 'principal', 'crn', 'message', 'ips', 'line', 'ok', 'result'].map(fieldOf),
  normalized: false,
  zone: utc,
  width: undefined,
  wide: false,
  header: true,
  styles: styles(false),
  csvRaw: false,
};

/** Everything a format writes for the records, given in batches of `batchSize`. */
export function written(
  format: Format,
  records: readonly AuditRecord[],
  options: Partial<FormatOptions> = {},
  batchSize = 256,
): string {
  const sink = memorySink();
  const writer = format.create({ ...plainOptions, ...options }, sink);
  for (let from = 0; from < records.length; from += batchSize) {
    expect(writer.write(records.slice(from, from + batchSize))).toBe('more');
  }
  writer.end();
  return sink.text();
}

/** What every format promises, whatever it looks like. */
export function testFormat(format: Format): void {
  const hostile = hostileTexts.map(([, text], i) => hostileRecord(text, marker(i)));
  const everything = { fields: listedColumns.map(({ name }) => fieldOf(name)) };
  const safeOptions = { ...everything, onTerminal: true };

  describe(`format ${format.name}`, () => {
    test('says in its row what it is and how to ask for it', () => {
      expect(format.doc).toMatch(/^\S.*[^.]$/);
      expect(format.example).toContain(`-o ${format.name}`);
      expect(formats.filter(({ name, aliases }) => [name, ...aliases].includes(format.name))).toEqual([format]);
    });

    test('shows every record once, in the order given', () => {
      for (const count of [1, 1001, 10_000]) {
        const records = Array.from({ length: count }, (_, i) => hostileRecord('x', marker(i)));

        expect(markersIn(written(format, records))).toEqual(Array.from({ length: count }, (_, i) => marker(i)));
      }
    });

    test('writes the same bytes however the records are batched', () => {
      const records = Array.from({ length: 1200 }, (_, i) => hostileRecord('y'.repeat(i % 90), marker(i)));
      const whole = written(format, records, { width: 100 }, 5000);

      for (const batchSize of [1, 700]) {
        expect(written(format, records, { width: 100 }, batchSize)).toBe(whole);
      }
    });

    test.for(hostileTexts)('lets nothing of %s through', ([, text]) => {
      for (const options of [
        safeOptions,
        { ...safeOptions, normalized: true, width: 80 },
        { ...safeOptions, wide: true },
      ]) {
        const output = written(format, [hostileRecord(text, marker(0))], options);

        expect(unsafeCharacter.exec(withoutFrame(output, format))?.[0].codePointAt(0)).toBeUndefined();
      }
    });

    test('takes a text of a megabyte', () => {
      for (const text of ['x'.repeat(1 << 20), '日本'.repeat(50_000), '=\u001b\n'.repeat(10_000)]) {
        expect(markersIn(written(format, [hostileRecord(text, marker(0))], { width: 200 }))).toEqual([marker(0)]);
      }
    });

    test('takes a record of which only the type is known', () => {
      const output = written(format, [hostileRecord('', '')], everything);

      expect(output).toContain('2026-03-17T07:00:00.123456789Z');
    });

    test('says the same with colour, and nothing but colour is added', () => {
      const plain = written(format, hostile, { width: 120 });
      const coloured = written(format, hostile, { width: 120, styles: styles(true) });

      expect(coloured.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(plain);
    });

    test('is done once nobody takes the output', () => {
      const sink = { ...memorySink(), closed: true };

      expect(format.create(plainOptions, sink).write(hostile)).toBe('done');
    });

    if (format.lineShaped) {
      test('writes one line a record', () => {
        for (const normalized of [false, true]) {
          const headerLines = written(format, hostile.slice(0, 1), { normalized }).split('\n').length - 2;
          const lines = written(format, hostile, { normalized }).split('\n');

          expect(lines.slice(headerLines, -1).map((line) => markersIn(line))).toEqual(
            hostile.map((_, i) => [marker(i)]),
          );
          expect(lines.at(-1)).toBe('');
        }
      });
    }

    if (format.needsFields) {
      test('names the fields in its header, which can be left out', () => {
        const [header = ''] = written(format, hostile).split('\n');
        const bare = written(format, hostile, { header: false });

        for (const { name } of plainOptions.fields) expect(header).toContain(name);
        expect(bare.split('\n')).toHaveLength(hostile.length + 1);
      });
    }
  });
}

/** Without the characters that hold the format itself together. */
function withoutFrame(output: string, { name }: Format): string {
  return output.replaceAll(name === 'tsv' ? /[\n\t]/g : '\n', '');
}

function marker(i: number): string {
  return `Mark${String(i).padStart(5, '0')}`;
}

/** Each record has its marker in the method, which some formats show more than once or cut off behind it. */
function markersIn(output: string): string[] {
  return [...new Set(output.match(/Mark\d{5}/g))];
}
