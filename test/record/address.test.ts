import { isIP } from 'node:net';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it, test } from 'vitest';
import { type AddressRange, addressInRange, addressTexts, parseAddressRange } from '../../src/record/address.ts';

describe('parseAddressRange', () => {
  it.each<readonly [string, AddressRange]>([
    ['192.0.2.7', { family: 4, bytes: [192, 0, 2, 7], prefixLength: 32 }],
    ['10.1.2.3/8', { family: 4, bytes: [10, 0, 0, 0], prefixLength: 8 }],
    ['192.0.2.255/25', { family: 4, bytes: [192, 0, 2, 128], prefixLength: 25 }],
    ['255.255.255.255/0', { family: 4, bytes: [0, 0, 0, 0], prefixLength: 0 }],
    ['::', { family: 6, bytes: zeros(16), prefixLength: 128 }],
    ['2001:DB8::1/33', { family: 6, bytes: [0x20, 1, 0xd, 0xb8, ...zeros(12)], prefixLength: 33 }],
    ['fe80::1%eth0', { family: 6, bytes: [0xfe, 0x80, ...zeros(13), 1], prefixLength: 128 }],
    ['fe80::1%eth0/10', { family: 6, bytes: [0xfe, 0x80, ...zeros(14)], prefixLength: 10 }],
    ['64:ff9b::192.0.2.1', { family: 6, bytes: [0, 0x64, 0xff, 0x9b, ...zeros(8), 192, 0, 2, 1], prefixLength: 128 }],
    ['::192.0.2.1', { family: 6, bytes: [...zeros(12), 192, 0, 2, 1], prefixLength: 128 }],
    ['::ffff:192.0.2.1', { family: 4, bytes: [192, 0, 2, 1], prefixLength: 32 }],
    ['::ffff:c000:201', { family: 4, bytes: [192, 0, 2, 1], prefixLength: 32 }],
    ['0:0:0:0:0:FFFF:192.0.2.1', { family: 4, bytes: [192, 0, 2, 1], prefixLength: 32 }],
    ['::ffff:192.0.2.1/120', { family: 4, bytes: [192, 0, 2, 0], prefixLength: 24 }],
    ['::ffff:0:0/96', { family: 4, bytes: [0, 0, 0, 0], prefixLength: 0 }],
  ])('reads %s', (text, range) => {
    expect(parseAddressRange(text)).toEqual(range);
  });

  it.each([
    [''],
    ['10/8'],
    ['10.1/16'],
    ['192.0.2'],
    ['192.0.2.0.1'],
    ['192.0.2.256'],
    ['010.1.1.1'],
    ['0x7f.0.0.1'],
    ['2130706433'],
    ['192.0.2.7/33'],
    ['192.0.2.7/'],
    ['192.0.2.7/-1'],
    ['192.0.2.7/8.0'],
    ['192.0.2.7/255.255.255.0'],
    ['192.0.2.7/8/8'],
    ['192.0.2.7 '],
    ['192.0.2.7:443'],
    ['192.0.2.7%eth0'],
    ['192.0.2.*'],
    ['::/129'],
    ['::ffff:192.0.2.1/95'],
    ['::ffff:010.1.1.1'],
    ['::ffff:192.0.2'],
    ['1:2:3:4:5:6:7:192.0.2.1'],
    ['1::2::3'],
    ['12345::'],
    ['[::1]'],
    ['::1%'],
    ['%eth0'],
    ['localhost'],
  ])('refuses %j', (text) => {
    expect(parseAddressRange(text)).toBeUndefined();
  });

  it('takes the addresses that the runtime takes', () => {
    const part = fc.constantFrom('0', '1', '9', '10', '255', '256', 'ff', 'ffff', 'g', '', '01', '1.2.3.4', '1.2.3');
    const text = fc
      .tuple(fc.constantFrom('.', ':'), fc.array(part, { minLength: 1, maxLength: 9 }))
      .map(([separator, parts]) => parts.join(separator));

    fc.assert(
      fc.property(fc.oneof(text, fc.ipV4(), fc.ipV6()), (address) => {
        expect(parseAddressRange(address) !== undefined).toBe(isIP(address) !== 0);
      }),
      { seed: 61, numRuns: 2000 },
    );
  });
});

test('an address in four parts is what the package says', () => {
  const part = fc.constantFrom(
    '0',
    '1',
    '9',
    '10',
    '99',
    '100',
    '199',
    '255',
    '256',
    '1000',
    '00',
    '010',
    '',
    '+1',
    '/',
    ':',
  );
  const text = fc.array(part, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.'));

  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), text), (address) => {
      const bytes = ipaddr.IPv4.isValidFourPartDecimal(address) ? ipaddr.IPv4.parse(address).toByteArray() : undefined;
      expect(parseAddressRange(`${address}/32`)?.bytes).toEqual(bytes);
    }),
    { seed: 62, numRuns: 5000 },
  );
});

describe('addressInRange', () => {
  it.each([
    ['192.0.2.7', '192.0.2.0/29', true],
    ['192.0.2.8', '192.0.2.0/29', false],
    ['::ffff:192.0.2.7', '192.0.2.0/29', true],
    ['::FFFF:C000:207', '192.0.2.7', true],
    ['192.0.2.7', '::ffff:192.0.2.0/125', true],
    ['192.0.2.7', '::/0', false],
    ['::192.0.2.7', '0.0.0.0/0', false],
    ['::1', '0.0.0.0/0', false],
    ['2001:0db8:0000::0001', '2001:db8::1', true],
    ['2001:db8:8000::', '2001:db8::/33', false],
    ['fe80::1%eth0', 'fe80::/10', true],
    ['fe80::1', 'fe80::1%eth0', true],
    ['192.0.2.7:443', '0.0.0.0/0', false],
    ['010.0.0.1', '0.0.0.0/0', false],
    ['unknown', '0.0.0.0/0', false],
    ['', '0.0.0.0/0', false],
  ])('%j in %s: %s', (text, range, expected) => {
    expect(addressInRange(text, parsed(range))).toBe(expected);
  });

  it.each([
    { family: 4, bits: 32 },
    { family: 6, bits: 128 },
  ])('compares the first bits of an IPv$family address as whole numbers do', ({ bits }) => {
    const number = fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
    // Neighbours in the bits, else nearly every pair would differ in the first of them.
    const pair = fc
      .tuple(number, fc.option(fc.nat(bits - 1)), number)
      .map(([a, flipped, other]) => [a, flipped === null ? other : a ^ (1n << BigInt(flipped))] as const);

    fc.assert(
      fc.property(pair, fc.nat(bits), fc.boolean(), ([inside, network], prefixLength, short) => {
        // IPv4-mapped ones change their family.
        fc.pre([inside, network].every((address) => address >> 32n !== 0xffffn));
        const host = BigInt(bits - prefixLength);
        const range = parsed(`${addressText(network, bits, short)}/${prefixLength}`);

        expect(numberOf(range)).toBe((network >> host) << host);
        expect(addressInRange(addressText(inside, bits, short), range)).toBe(inside >> host === network >> host);
      }),
      { seed: 62, numRuns: 1000 },
    );
  });
});

describe('addressTexts', () => {
  it.each<readonly [string, unknown, readonly string[]]>([
    ['a list of objects', [{ ip: '192.0.2.1', port: 443 }, { ip: '2001:db8::1' }], ['192.0.2.1', '2001:db8::1']],
    ['a list of texts', ['192.0.2.1', '192.0.2.2'], ['192.0.2.1', '192.0.2.2']],
    ['an object', { ip: '192.0.2.1' }, ['192.0.2.1']],
    ['text', '192.0.2.1', ['192.0.2.1']],
    ['a leading slash', '/192.0.2.1', ['192.0.2.1']],
    ['a leading slash and a port', '/192.0.2.1:9092', ['192.0.2.1']],
    ['blanks around it', ' 192.0.2.1 ', ['192.0.2.1']],
    ['brackets', '[2001:db8::1]', ['2001:db8::1']],
    ['brackets and a port', '[2001:db8::1]:443', ['2001:db8::1']],
    ['IPv6 without brackets has no port', '2001:db8::1:443', ['2001:db8::1:443']],
    ['a zone id', 'fe80::1%eth0', ['fe80::1%eth0']],
    ['no address, kept as written', ['unknown', 'host.example:443'], ['unknown', 'host.example:443']],
    ['nothing in it', [{ ip: '' }, '', ' ', '/', {}, [], [['192.0.2.1']]], []],
    ['other types', [{ ip: 7 }, { ip: null }, { ip: ['192.0.2.1'] }, 7, null, true], []],
    ['an inherited key', Object.create({ ip: '192.0.2.1' }), []],
    ['null', null, []],
    ['absent', undefined, []],
  ])('%s', (_, value, expected) => {
    expect(addressTexts(value)).toEqual(expected);
  });
});

function parsed(text: string): AddressRange {
  const range = parseAddressRange(text);
  if (range === undefined) throw new Error(`no range: ${text}`);
  return range;
}

function numberOf({ bytes }: AddressRange): bigint {
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

/** `short` leaves out the first run of zero groups. */
function addressText(value: bigint, bits: number, short: boolean): string {
  const size = bits === 32 ? 8n : 16n;
  const parts = Array.from(
    { length: bits / Number(size) },
    (_, i) => (value >> (BigInt(bits) - size * BigInt(i + 1))) & ((1n << size) - 1n),
  );
  if (bits === 32) return parts.join('.');
  const groups = parts.map((part) => part.toString(16)).join(':');
  return short ? groups.replace(/(^|:)0(?::0)+(:|$)/, '::') : groups;
}

function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}
