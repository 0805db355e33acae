import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columns, type Reduction } from '../../src/record/columns/index.ts';
import { Kernel } from '../../src/scan/kernel.ts';
import type { Group, Slice } from '../../src/scan/projection.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { type Random, randomOf } from '../helpers/random.ts';
import { crnText, dumpOfSeeds, styles, timeText } from '../helpers/spellings.ts';
import { exprOf } from '../query/ask.ts';
import { type Asked, allColumns, compareWithTruth, smallSizes, tinySizes } from './helpers/kernel-answers.ts';

const manySeeds = fc.array(fc.nat(), { minLength: 1, maxLength: 400, size: 'max' });

/** Lines as UTF-8, each with its newline. */
function linesOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

/** `differences` for each line alone, so that a table names the one that differs. */
function differencesIn(lines: readonly string[], asked: Asked): readonly string[] {
  const { differences } = compareWithTruth({ sizes: smallSizes, ...asked });
  return lines.flatMap((line) => differences(linesOf([line])));
}

/** How many of the lines the kernel is sure of. */
function sureOf(lines: readonly string[], asked: Asked = {}): number {
  const comparison = compareWithTruth({ sizes: smallSizes, columns: allColumns, ...asked });
  expect(comparison.differences(linesOf(lines))).toEqual([]);
  return comparison.seen.sure;
}

const ordinary =
  '{"type":"t","id":"e-1","time":"2026-05-01T00:00:00Z","data":{"methodName":"m","request":{"accessType":"x"}}}';

describe('the kernel is sure of', () => {
  test.for([
    ['an ordinary record', ordinary],
    ['blanks between everything', ordinary.replaceAll('":', '" : ').replaceAll(',"', '\t,  "')],
    ['blanks behind the record', `${ordinary} \t\r`],
    ['a record without a type', '{"specversion":"","data":{}}'],
    [
      'any JSON where nothing is wanted',
      '{"data":{"x":[1,-0.5e+9,true,null,"\\ud800\\n\\/",{"a":{}},[[]]]},"type":""}',
    ],
    ['other keys twice', '{"type":"t","data":{"é":"日本"},"a":1,"a":2}'],
    ['nesting that is not deep', `{"type":"t","data":{"x":${'['.repeat(60)}${']'.repeat(60)}}}`],
    ['long keys and values', `{"type":"t","data":{"${'k'.repeat(5000)}":"${'v'.repeat(5000)}"}}`],
  ])('%s', ([, line = '']) => {
    expect(sureOf([line])).toBe(1);
  });
});

describe('the kernel leaves to the truth', () => {
  test.for([
    ['an escape in a key', '{"type":"t","data":{"x":1,"\\u006dethodName":"m"}}'],
    ['a key with an escape where nothing is wanted', '{"type":"t","data":{"x":{"a\\n":1}}}'],
    ['a wanted key that comes twice', '{"type":"t","data":{"methodName":"a","methodName":"b"}}'],
    ['an object on the way that comes twice', '{"type":"t","data":{"request":{},"request":{"accessType":"x"}}}'],
    ['another spelling of a wanted key', '{"type":"t","data":{"method_name":"m"}}'],
    ['another spelling on the way', '{"type":"t","data":{"request_metadata":{}}}'],
    ['a record that has no type', '{"id":"e-1","data":{}}'],
    ['a record whose data is no object', '{"type":"t","data":[]}'],
    ['text behind the record', `${ordinary}x`],
    ['two records', ordinary + ordinary],
    ['a control character in a string', '{"type":"t","data":{"x":"a\tb"}}'],
    ['a control character in a key', '{"type":"t","data":{"a\tb":1}}'],
    ['a false escape', '{"type":"t","data":{"x":"\\x41"}}'],
    ['a cut escape', '{"type":"t","data":{"x":"\\u004"}}'],
    ['a number with a leading zero', '{"type":"t","data":{"x":01}}'],
    ['a number without digits', '{"type":"t","data":{"x":1.}}'],
    ['a word that is no JSON', '{"type":"t","data":{"x":nul}}'],
    ['a word that goes on', '{"type":"t","data":{"x":nulls}}'],
    ['a trailing comma', '{"type":"t","data":{"x":1,}}'],
    ['a missing comma', '{"type":"t","data":{"x":1 "y":2}}'],
    ['a missing colon', '{"type":"t","data":{"x" 1}}'],
    ['a vertical tab', '{"type":"t",\v"data":{}}'],
    ['an unclosed list', '{"type":"t","data":{"x":[1}}'],
    ['deep nesting', `{"type":"t","data":{"x":${'['.repeat(63)}${']'.repeat(63)}}}`],
    ['a blank line', ' \r'],
  ])('%s', ([, line = '']) => {
    expect(sureOf([ordinary, line, ordinary])).toBe(2);
  });
});

test('every spelling of a time is that time, or none', () => {
  const { differences, seen } = compareWithTruth({ columns: ['time'], sizes: smallSizes });
  fc.assert(
    fc.property(manySeeds, (seeds) => {
      const lines = seeds.map((seed) => {
        const random = randomOf(seed);
        const shipped = random.chance(0.2) ? `"@timestamp":${timeText(random)},` : '';
        const time = random.chance(0.9) ? `"time":${timeText(random)},` : '';
        return `{"type":"t",${random.chance(0.5) ? time + shipped : shipped + time}"data":{}}`;
      });

      expect(differences(linesOf(lines))).toEqual([]);
    }),
    propertyRuns(50),
  );
  expect(seen.sure).toBe(seen.all);
});

test('every minute of every year is the right one', () => {
  const { differences } = compareWithTruth({ columns: ['time'], sizes: smallSizes });
  fc.assert(
    fc.property(manySeeds, (seeds) => {
      const lines = seeds.map((seed) => {
        const random = randomOf(seed);
        const text = [4, 2, 2, 2, 2, 2].map((width, i) =>
          String(random.below([10_000, 14, 33, 25, 61, 63][i] ?? 0)).padStart(width, '0'),
        );
        return `{"type":"t","time":"${text.slice(0, 3).join('-')}T${text.slice(3).join(':')}Z","data":{}}`;
      });

      expect(differences(linesOf(lines))).toEqual([]);
    }),
    propertyRuns(50),
  );
});

test('times that are spelled plainly need no second look', () => {
  const kernel = kernelOn(
    linesOf(
      ['2026-05-01T00:00:00Z', '2026-05-01T00:00:00.123456789Z', '0000-02-29T23:59:59.5Z', '2026-05-01T00:00:00z'].map(
        (time) => `{"type":"t","time":"${time}","data":{}}`,
      ),
    ),
  );

  expect([0, 1, 2, 3].map((i) => kernel.hasOddTime(i))).toEqual([false, false, false, true]);
});

describe('what was learned of the order of keys', () => {
  /** Records of few bytes: an object in which the order counts is met very often. */
  function shortRecord(random: Random, order: 'usual' | 'other' | 'shuffled', padding: string): string {
    const members = [
      '"type":"t"',
      `"id":"${random.below(9)}"`,
      `"source":${random.below(9)}`,
      '"x":{"b":1,"a":2}',
      `"data":{"methodName":"m${random.below(5)}"}`,
    ];
    const ordered = order === 'usual' ? members : order === 'other' ? members.reverse() : random.shuffled(members);
    return `{${ordered.join(`,${padding}`)}}`;
  }

  test('never changes an answer, be it right, wrong, given up or learned again', () => {
    const stretch = fc.record({
      order: fc.constantFrom('usual' as const, 'other' as const, 'shuffled' as const),
      // The text before a key is compared whole up to 47 bytes.
      padding: fc.constantFrom(
        '',
        ' ',
        '\t'.repeat(9),
        ' '.repeat(30),
        ' '.repeat(38),
        ' '.repeat(39),
        ' '.repeat(40),
        ' '.repeat(90),
      ),
      count: fc.constantFrom(1, 2, 50, 400),
      seed: fc.nat(),
    });
    const { differences, seen } = compareWithTruth({ columns: ['id', 'source', 'method'], sizes: smallSizes });
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 20 }), (stretches) => {
        const lines = stretches.flatMap(({ order, padding, count, seed }) => {
          const random = randomOf(seed);
          return Array.from({ length: count }, () => shortRecord(random, order, padding));
        });

        expect(differences(linesOf(lines))).toEqual([]);
      }),
      propertyRuns(20),
    );
    expect(seen.sure).toBe(seen.all);
  });

  test.for([
    ['a missing comma', '{"type":"t" "id":"e-2","data":{}}'],
    ['a comma first', '{,"type":"t","id":"e-2","data":{}}'],
    ['a longer key', '{"type":"t","idx":"e-2","data":{}}'],
    ['a shorter key', '{"type":"t","i":"e-2","data":{}}'],
    ['another colon', '{"type":"t","id";"e-2","data":{}}'],
    ['a missing value', '{"type":"t","id":,"data":{}}'],
    ['a missing end', '{"type":"t","id":"e-2","data":{}'],
    ['a blank in between', '{"type":"t", "id":"e-2","data":{}}'],
    ['an escape in a key', '{"type":"t","\\u0069d":"e-2","data":{}}'],
    ['the same key again', '{"type":"t","type":"u","id":"e-2","data":{}}'],
  ])('does not hide %s', ([, line = '']) => {
    const usual = '{"type":"t","id":"e-1","data":{}}';

    expect(differencesIn([usual, usual, usual, line, usual, line], { columns: ['id', 'type'] })).toEqual([]);
  });
});

test.for([
  ['method exists', '{"type":"t","data":{"method_name":"m"}}'],
  ['requestId = "r"', '{"type":"t","data":{"request_metadata":{"requestId":"r"}}}'],
  ['id = requestId', '{"type":"t","id":"r","data":{"requestMetadata":{"request_id":"r"}}}'],
  ['data.methodName = method', '{"type":"t","data":{"methodName":1,"method_name":"1"}}'],
  ['["__proto__"].a = 1', '{"type":"t","data":{},"__proto__":{"a":1}}'],
  ['["__proto__"] exists', '{"type":"t","data":{},"__proto__":{"a":1}}'],
  ['data["a.b"].c = 1', '{"type":"t","data":{"a.b.c":1}}'],
  ['data.a.b = 1', '{"type":"t","data":{"a":2,"a.b":1}}'],
  ['data.a.b = 1', '{"type":"t","data":{"a":[{"b":1}]}}'],
  ['data.a[1].b = 1', '{"type":"t","data":{"a":[0,{"b":1}]}}'],
])('--where %s has the right answer for %s', ([question = '', line = '']) => {
  expect(differencesIn([line, line], { exprs: [exprOf('where', question)] })).toEqual([]);
});

test('keys that only other bytes can spell are found all the same', () => {
  const exprs = ['data["\ufffd"] exists', 'data["\\ud800"] exists', 'data["é"] exists'].map((text) =>
    exprOf('where', text),
  );
  const keys = ['\xff', '\xef\xbf\xbd', '\xed\xa0\x80', '\\ud800', '\\ufffd', '\xc3\xa9', 'e\xcc\x81', '\xe9'];
  const lines = keys.map((key) => `{"type":"t","data":{"${key}":1}}\n`).join('');

  expect(compareWithTruth({ exprs, sizes: smallSizes }).differences(Buffer.from(lines, 'latin1'))).toEqual([]);
});

describe('tables that are full', () => {
  test('give every record the tuple it has', () => {
    const lines = Array.from(
      { length: 3000 },
      (_, i) => `{"type":"t${i % 7}","id":"e-${(i * 7919) % 700}","data":{"methodName":"m${i % 300}"}}`,
    );
    const columnsAsked = ['id', 'type', 'method'] as const;

    expect(compareWithTruth({ columns: columnsAsked, sizes: tinySizes }).differences(linesOf(lines))).toEqual([]);
    expect(
      compareWithTruth({ columns: columnsAsked, sizes: { ...smallSizes, arenaBytes: 512 } }).differences(
        linesOf(lines),
      ),
    ).toEqual([]);
    expect(compareWithTruth({ columns: columnsAsked }).differences(linesOf(lines))).toEqual([]);
  });

  test('keep values apart that hash alike, of which there are some among so many', () => {
    const sizes = { ...smallSizes, tuples: 2 ** 18, arenaBytes: 2 ** 24 };
    const { differences } = compareWithTruth({ columns: ['id'], sizes });
    const lines = Array.from({ length: 2 ** 18 - 1 }, (_, i) => `{"type":"t","id":"${100_000 + i}","data":{}}`);

    expect(differences(linesOf(lines))).toEqual([]);
  });

  test('hold values of any length, or leave them to the truth', () => {
    const lengths = [
      ...Array(70).keys(),
      430,
      440,
      446,
      447,
      448,
      449,
      450,
      460,
      500,
      511,
      512,
      520,
      65_400,
      65_450,
      65_472,
      65_480,
      65_536,
      70_000,
    ];
    const lines = lengths.flatMap((length) => [
      `{"type":"t","id":"${'v'.repeat(length)}","data":{}}`,
      `{"type":"t","id":"${'v'.repeat(length)}","source":"${'w'.repeat(length)}","data":{}}`,
      `{"type":"t","id":"${'v'.repeat(length)}","data":{"methodName":"${'w'.repeat(length)}"}}`,
    ]);
    const asked: Asked = {
      columns: ['id'],
      facets: [
        ['id', 'source', 'method'],
        ['source', 'type'],
      ],
    };

    expect(compareWithTruth({ ...asked, sizes: tinySizes }).differences(linesOf(lines))).toEqual([]);
    expect(compareWithTruth({ ...asked, sizes: smallSizes }).differences(linesOf(lines))).toEqual([]);
    expect(sureOf(lines, asked)).toBe(lines.length - 16);
  });

  test('make room for longer blocks without losing what is known', () => {
    const { differences } = compareWithTruth({ columns: allColumns, sizes: smallSizes });

    const blocks = [1, 100, 3, 300].map((count) =>
      dumpOfSeeds(
        Array.from({ length: count }, (_, i) => i),
        styles.spaced,
      ),
    );

    expect(blocks.flatMap((block) => differences(block))).toEqual([]);
  });
});

describe('values of which only a part counts', () => {
  const reduced = columns.filter(({ reductions }) => reductions !== undefined).map(({ name }) => name);
  const reducedColumns = allColumns.filter((name) => reduced.includes(name));

  /** What the reductions look at, in hostile spellings. */
  function crnRecord(seed: number): string {
    const random = randomOf(seed);
    const maybe = (key: string, value: () => string): string[] => (random.chance(0.3) ? [] : [`"${key}":${value()}`]);
    const string = (text: string): string => {
      const json = JSON.stringify(text);
      return random.chance(0.9)
        ? json
        : random.pick([
            json.replaceAll('/', '\\/'),
            json.replace('=', '\\u003d'),
            json.replace(/\/(?=[^/]*$)/, '\\u002f'),
            json.replaceAll('/', '\\u002f'),
            `${json.slice(0, -1)}\\u002f"`,
          ]);
    };
    const odd = (): string => random.pick(['null', '""', '{}', '[]', '1', '["crn://c/a=b"]', '{"type":"x"}']);
    const crn = (): string => (random.chance(0.05) ? odd() : string(crnText(random)));
    const id = (): string => random.pick([string(random.pick(['x', 'a/b', '', 'resourceId', 'a"b\\', 'é'])), odd()]);
    const part = (): string => {
      const members = [
        ...maybe('type', () => string(random.pick(['TOPIC', 'KafkaCluster', 'a/b=c', 'resourceId', '']))),
        ...maybe(random.pick(['resourceId', 'resourceId', 'resourceId', 'resource_id']), id),
        ...(random.chance(0.2)
          ? maybe(random.pick(['resourceId', 'resource_id', 'resourceIds', 'resourceI']), id)
          : []),
        ...(random.chance(0.1) ? ['"x":"resourceId"', `"y":["resourceId",{"resourceId" : ${id()}}]`] : []),
      ];
      return `{${random.shuffled(members).join(random.pick([',', ' , ']))}}`;
    };
    const resources = (): string =>
      random.pick([
        `[{"resource":${part()}}]`,
        `[{"scope":{"resources":[${part()},${part()}]},"resource":${part()}}]`,
        `[{"resource":[${part()},"resourceId",${part()}]},{"scope":{"resources":${part()}}}]`,
        part(),
        `[{"scope" : {"resources" : [${part()}]} }, {"resource" :${part()}}]`,
        '[]',
        odd(),
      ]);
    const check = (): string =>
      `{${[...maybe('resourceType', () => string(random.pick(['Topic', 'CloudApiKey', '']))), ...maybe('resourceName', () => random.pick([crn(), '""', '"x"', odd()]))].join(',')}}`;
    const data = random.shuffled([
      ...maybe('resourceName', crn),
      ...maybe('cloudResources', resources),
      ...maybe('methodName', () => string(random.pick(['kafka.x', 'mds.Authorize', 'GetStatement']))),
      ...maybe('authorizationInfo', check),
      actorOf(random),
    ]);
    const type = random.pick(['io.confluent.kafka.server/authorization', 'io.confluent.cloud/request', 'odd']);
    return `{${random.shuffled([`"type":"${type}"`, ...maybe('subject', crn), `"data":{${data.join(',')}}`]).join(',')}}`;
  }

  /** A principal in every shape, and what is asked when it has no id. */
  function actorOf(random: Random): string {
    const pick = (...texts: readonly string[]): string => random.pick(texts);
    const id = (): string =>
      pick(
        '"u-1"',
        '"sa-1"',
        '"User:u-1"',
        '"User:"',
        '""',
        '":"',
        '"User::"',
        '"7"',
        'null',
        '5',
        '{}',
        '"\\u003a"',
        '"u-1\\n"',
        '"x:"',
      );
    const key = (): string =>
      pick('resourceId', 'resourceId', 'resourceId', 'resource_id', 'email', 'resourceIds', 'resourceId ');
    const inner = (): string =>
      `{${Array.from({ length: random.pick([0, 1, 1, 1, 2, 3]) }, () => `"${key()}"${pick(':', ' : ')}${id()}`).join(pick(',', ' , '))}}`;
    const wrapper = (): string =>
      pick(
        'confluentUser',
        'confluentUser',
        'confluentServiceAccount',
        'identityPool',
        'group',
        'externalAccount',
        'email',
        'confluent_user',
        'groups',
        'confluentUsers',
      );
    const principal = (): string =>
      random.chance(0.3)
        ? id()
        : `{${pick('', '', ' ')}${Array.from({ length: random.pick([0, 1, 1, 1, 2, 2, 3]) }, () => `"${wrapper()}"${pick(':', ' : ')}${random.chance(0.8) ? inner() : id()}`).join(',')}}`;
    const members = [
      `"principal":${principal()}`,
      ...(random.chance(0.5) ? [`"principalResourceId":${id()}`] : []),
      ...(random.chance(0.6)
        ? [`"identity":${pick('"crn://c/identity=a@b"', '"crn://c/identity=u-7"', '"crn://c/"', 'null', '"x"')}`]
        : []),
      ...(random.chance(0.5) ? [`"credentials":{"idSecretCredentials":{"credentialId":${id()}}}`] : []),
      ...(random.chance(0.5) ? [`"metadata":{"identifier":${id()}}`] : []),
    ];
    return `"authenticationInfo":{${random.shuffled(members).join(',')}}`;
  }

  const crns = [
    '"crn://c/a=b/c=d"',
    '"crn://c"',
    '"crn:///"',
    '"crn:///x"',
    '"crn://c//a=b"',
    '"crn://c/a=b\\u002f"',
    '"a=b"',
    '{}',
    '""',
  ];
  const actors = [
    '"u-1"',
    '"User:"',
    '"User\\u003a"',
    '""',
    '{"group":{"resourceId":"g"}}',
    '{"group":{"resourceId":""}}',
    '{"group":{"resourceId":"g"},"group":1}',
    '{"group":{"resourceId":"g","resourceId":""}}',
    '{"confluentServiceAccount" : { "resourceId" : "sa-1" }, "email":"x"}',
    '{"x":1}',
    '"a\\n"',
  ];

  test.for<readonly [Reduction, readonly string[], readonly string[]]>([
    [
      'crn-types',
      [
        '"crn://c/a=b/c=d"',
        '"crn://c/a=/b=c"',
        '"crn://c/a="',
        '"crn://c/a=b=c/d/=e"',
        '"crn://a=b/c"',
        '"crn:/a=b"',
        '"crn://c/a=b\\u002fc=d"',
        '5',
      ],
      [
        '"crn://c/a=x/c=x"',
        '"crn://c/a=/b=x"',
        '"crn://c/a="',
        '"crn://c/a=x/d/=x"',
        '"crn://a=b/c"',
        '"crn:/a=b"',
        '"crn://c/a=b\\u002fc=d"',
        '5',
      ],
    ],
    ['presence', ['"abc"', '"x"', '""', '{}', '12345'], ['"x"', '"x"', '""', '{}', '12345']],
    [
      'unless-named-ids',
      [
        '[{"resourceId":"abc","b":"c"},{"resourceId" : ""}]',
        '{"a":"resourceId","resourceId" :\t"y"}',
        '{"resourceId":"\\n"}',
        '7',
      ],
      [
        '[{"resourceId":"x","b":"c"},{"resourceId" : ""}]',
        '{"a":"resourceId","resourceId" :\t"x"}',
        '{"resourceId":"\\n"}',
        '7',
      ],
    ],
    ['crn', crns, crns],
    ['actor', actors, actors],
  ])('of %s is kept what counts', ([reduction, values, expected]) => {
    expect(values.map((value) => slicesOf([reduction], [value])[0])).toEqual(expected);
  });

  test('what comes behind a name is dropped', () => {
    const dropping = (namer: Reduction, values: readonly string[], other: Reduction): readonly string[] =>
      values.filter((value) => slicesOf([namer, other], [value, '"z"'])[1] === undefined);

    expect(dropping('crn', crns, 'unless-named')).toEqual(['"crn://c/a=b/c=d"', '"crn:///x"']);
    expect(dropping('crn-types', crns, 'unless-named-ids')).toEqual(['"crn://c/a=b/c=d"', '"crn://c//a=b"']);
    expect(dropping('actor', actors, 'unless-actor')).toEqual([
      '"u-1"',
      '{"group":{"resourceId":"g"}}',
      '{"confluentServiceAccount" : { "resourceId" : "sa-1" }, "email":"x"}',
    ]);
    expect(dropping('crn', crns, 'unless-actor')).toEqual([]);
    expect(dropping('actor', actors, 'unless-named')).toEqual([]);
  });

  test('there are such columns', () => {
    expect(reduced).not.toEqual([]);
  });

  test('give the same cells, alone and together with others', () => {
    fc.assert(
      fc.property(manySeeds, fc.subarray([...allColumns], { maxLength: 4 }), (seeds, others) => {
        const placed: readonly string[] = ['file', 'line', 'partition', 'strings'];
        const more = others.filter((name) => !placed.includes(name));
        const pairs = reducedColumns.flatMap((one) => reducedColumns.map((other) => [one, ...more, other]));
        const { differences } = compareWithTruth({
          columns: reducedColumns,
          facets: [...pairs, ...reducedColumns.map((name) => [...more, name]), reducedColumns],
          sizes: smallSizes,
        });

        expect(differences(linesOf(seeds.map(crnRecord)))).toEqual([]);
      }),
      propertyRuns(10),
    );
  });
});

/** What the kernel keeps of values that are reduced so and looked at together. */
function slicesOf(reductions: readonly Reduction[], values: readonly string[]): readonly Slice[] {
  const group = reductions.map((reduction, i) => ({ path: [`value${i}`], reduction }));
  const members = values.map((value, i) => `"value${i}":${value},`).join('');
  return kernelOn(linesOf([`{${members}"type":"t","data":{}}`]), [group]).slices(0, 0);
}

/** The kernel after one call. */
function kernelOn(lines: Buffer, groups: readonly Group[] = []): Kernel {
  const kernel = new Kernel({ groups, otherSpellings: [] }, lines.length, smallSizes);
  kernel.bytes.set(lines, kernel.blockStart);
  kernel.startBlock();
  kernel.project(kernel.blockStart, kernel.blockStart + lines.length);
  return kernel;
}
