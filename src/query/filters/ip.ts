import { parseAddressRange } from '../../record/address.ts';
import { badValue } from '../bad-value.ts';
import { anyOf, match } from '../combine.ts';
import type { Expr } from '../expr.ts';
import type { Filter } from './filter.ts';

const examples = ['192.0.2.7', '10.0.0.0/8', '2001:db8::/32'];

export const ip: Filter = {
  name: 'ip',
  placeholder: 'ADDRESS',
  help: 'any client address: one address or a CIDR block, v4 or v6',
  group: 'Who',
  negatable: true,
  takesList: true,
  examples,
  parse: (values) => anyOf(values.map(addressMatch)),
};

function addressMatch(value: string): Expr {
  const range = parseAddressRange(value);
  if (range !== undefined) return match({ kind: 'column', name: 'ips' }, { kind: 'address', range });
  throw badValue({ code: 'bad-address', flag: 'ip', value, reason: troubleWith(value), examples });
}

function troubleWith(value: string): string {
  const short = /^(\d{1,3}(?:\.\d{1,3}){0,2})\/(\d{1,2})$/.exec(value);
  if (short?.[1] === undefined) return 'neither an address nor a CIDR block';
  const full = [...short[1].split('.'), '0', '0', '0'].slice(0, 4).join('.');
  return `a CIDR block needs all four numbers: ${full}/${short[2]}`;
}
