import ipaddr from 'ipaddr.js';
import { isObject } from './paths.ts';

/** An address or CIDR block, canonical: an IPv4-mapped IPv6 address is its IPv4 address. */
export interface AddressRange {
  readonly family: 4 | 6;
  /** Network byte order, 4 or 16 of them, host bits cleared. */
  readonly bytes: readonly number[];
  readonly prefixLength: number;
}

/** `10.0.0.0/8`, `192.0.2.7`, `2001:db8::/32` …; undefined for anything else, short forms such as `10/8` included. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const bits = address.bytes.length * 8;
  if (slash < 0) return { family: address.family, bytes: address.bytes, prefixLength: bits };
  const length = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(length)) return undefined;
  const mapped = address.mapped ? 96 : 0;
  const prefixLength = Number(length) - mapped;
  if (prefixLength < 0 || prefixLength > bits) return undefined;
  return {
    family: address.family,
    bytes: address.bytes.map((byte, i) => byte & maskByte(prefixLength, i)),
    prefixLength,
  };
}

/** Whether a text is an address inside the range; text that is no address is in none. */
export function addressInRange(text: string, range: AddressRange): boolean {
  const address = parseAddress(text);
  if (address === undefined || address.family !== range.family) return false;
  return range.bytes.every((byte, i) => ((address.bytes[i] ?? 0) & maskByte(range.prefixLength, i)) === byte);
}

/**
 * The addresses in one raw client-address value: a list, an object with `ip`, or text, possibly
 * with a leading `/` or a port (record-shapes §13.9). Text that is no address is kept as written.
 */
export function addressTexts(value: unknown): string[] {
  const texts: string[] = [];
  for (const member of Array.isArray(value) ? value : [value]) {
    const text: unknown = isObject(member) && Object.hasOwn(member, 'ip') ? member.ip : member;
    const address = typeof text === 'string' ? addressIn(text) : '';
    if (address !== '') texts.push(address);
  }
  return texts;
}

function addressIn(raw: string): string {
  if (ipv4Of(raw) !== undefined) return raw;
  const text = raw.trim().replace(/^\//, '');
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text);
  if (bracketed?.[1] !== undefined) return bracketed[1];
  return /^\d{1,3}(?:\.\d{1,3}){3}:\d+$/.test(text) ? text.slice(0, text.indexOf(':')) : text;
}

interface Address {
  readonly family: 4 | 6;
  readonly bytes: readonly number[];
  readonly mapped: boolean;
}

function parseAddress(text: string): Address | undefined {
  const bits = ipv4Of(text);
  if (bits !== undefined) {
    return { family: 4, bytes: [bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255], mapped: false };
  }
  const plain = withHexTail(text.replace(/%[0-9A-Za-z._-]+$/, ''));
  if (!plain.includes(':') || !ipaddr.IPv6.isValid(plain)) return undefined;
  const address = ipaddr.IPv6.parse(plain);
  const bytes = address.toByteArray();
  return address.isIPv4MappedAddress()
    ? { family: 4, bytes: bytes.slice(12), mapped: true }
    : { family: 6, bytes, mapped: false };
}

/**
 * `::ffff:192.0.2.1` → `::ffff:c000:201`. Left to the package, `010` would pass for a decimal part and the old
 * IPv4-compatible `::192.0.2.1` for the mapped address.
 */
function withHexTail(text: string): string {
  const colon = text.lastIndexOf(':');
  const tail = text.slice(colon + 1);
  if (colon < 0 || !tail.includes('.')) return text;
  const bits = ipv4Of(tail);
  if (bits === undefined) return '';
  return `${text.slice(0, colon)}:${(bits >>> 16).toString(16)}:${(bits & 0xffff).toString(16)}`;
}

/**
 * The 32 bits of an address in four decimal parts; others, such as `010.1.1.1`, `10.1` and `0x7f.1`, mean different
 * hosts to different tools. By hand, because the package takes several times as long and nearly every address is one.
 */
function ipv4Of(text: string): number | undefined {
  let bits = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === dot) {
      if (digits === 0) return undefined;
      bits = bits * 256 + part;
      part = 0;
      digits = 0;
      dots++;
    } else {
      const isLeadingZero = digits > 0 && part === 0;
      if (code < zero || code > nine || isLeadingZero) return undefined;
      part = part * 10 + code - zero;
      digits++;
      if (part > 255) return undefined;
    }
  }
  return dots === 3 && digits > 0 ? bits * 256 + part : undefined;
}

const dot = 0x2e;
const zero = 0x30;
const nine = 0x39;

/** The netmask's byte `i`. */
function maskByte(prefixLength: number, i: number): number {
  const bits = Math.min(8, Math.max(0, prefixLength - i * 8));
  return (0xff << (8 - bits)) & 0xff;
}
