import { readFileSync } from 'node:fs';
import { AuditError } from '../diag/diagnostic.ts';
import { errorCode, plainWords } from '../input/sources/trouble.ts';
import { type Labels, labelsFrom, type Network } from '../output/labels.ts';
import { parseAddressRange } from '../record/address.ts';
import { withoutWord } from '../record/principal.ts';
import type { Invocation } from './command.ts';
import { type CsvPair, csvPairs } from './csv-pairs.ts';
import { textFlag } from './options.ts';

/** What `--names` and `--networks` say; undefined when neither is given. */
export function labelsFlag(invocation: Invocation): Labels | undefined {
  const names = textFlag(invocation, 'names');
  const networks = textFlag(invocation, 'networks');
  if (names === undefined && networks === undefined) return undefined;
  return labelsFrom({
    names: names === undefined ? undefined : namesIn(names),
    networks: networks === undefined ? undefined : networksIn(networks),
  });
}

function namesIn(file: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { key, pair } of keyed('names', file, /^(?:id|principal|user|account)$/i, withoutWord)) {
    names.set(key, pair.second);
  }
  return names;
}

function networksIn(file: string): readonly Network[] {
  const networks: Network[] = [];
  const keyOf = (text: string): string | undefined => {
    const range = parseAddressRange(text);
    return range && JSON.stringify(range);
  };
  for (const { pair } of keyed('networks', file, /^(?:cidr|network|range|address|ip)$/i, keyOf)) {
    const range = parseAddressRange(pair.first);
    if (range !== undefined) networks.push({ range, label: pair.second });
  }
  return networks;
}

interface KeyedPair {
  readonly key: string;
  readonly pair: CsvPair;
}

/** The rows of the file less its heading, each key once. */
function keyed(
  flag: 'names' | 'networks',
  file: string,
  heading: RegExp,
  keyOf: (text: string) => string | undefined,
): readonly KeyedPair[] {
  const pairs = csvPairs(readText(flag, file));
  if ('trouble' in pairs) throw badLine(flag, file, pairs.line, pairs.trouble);
  const byKey = new Map<string, CsvPair>();
  for (const [i, pair] of pairs.entries()) {
    if (i === 0 && heading.test(pair.first)) continue;
    const { first, second, line } = pair;
    if (first === '' || second === '') {
      throw badLine(flag, file, line, `${first === '' ? columnsOf[flag][0] : columnsOf[flag][1]} is missing`);
    }
    const key = keyOf(first);
    if (key === undefined) throw badLine(flag, file, line, `${first} is neither an address nor a CIDR block`);
    const before = byKey.get(key);
    if (before !== undefined && before.second !== second) {
      const trouble = `${first} is ${JSON.stringify(second)} here and ${JSON.stringify(before.second)} in line ${before.line}`;
      throw badLine(flag, file, line, trouble);
    }
    byKey.set(key, before ?? pair);
  }
  return [...byKey].map(([key, pair]) => ({ key, pair }));
}

const columnsOf = { names: ['the id', 'the name'], networks: ['the network', 'the label'] } as const;

const examples = {
  names: 'lines such as u-1abc2d,Ann or sa-9xyz,"Orders, ingest"',
  networks: 'lines such as 192.0.2.0/24,office or 2001:db8::/32,"Cloud, EU"',
} as const;

function readText(flag: 'names' | 'networks', file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(flag, file, error);
  }
}

function unreadable(flag: 'names' | 'networks', file: string, error: unknown): AuditError {
  return new AuditError(
    {
      code: 'bad-labels',
      message: `--${flag} ${file}: the file cannot be read (${plainWords(errorCode(error))})`,
      hint: `it holds ${examples[flag]}`,
    },
    2,
    error,
  );
}

function badLine(flag: 'names' | 'networks', file: string, line: number, trouble: string): AuditError {
  return new AuditError({
    code: 'bad-labels',
    message: `--${flag} ${file}:${line}: ${trouble}`,
    hint: `expected ${examples[flag]}`,
  });
}
