import type { Expr, Operand, Test, TextPattern } from '../query/expr.ts';
import { fold as foldCase } from '../query/fold.ts';
import type { Spelling } from '../record/columns/column.ts';
import { columnNamed } from '../record/columns/index.ts';

/**
 * Which texts to look for in the bytes of a line before parsing it. Finding one proves nothing: it may stand in
 * another field. Finding none proves that the record does not match, unless the line trips a guard (see
 * `line-search.ts`): a JSON escape such as `\u0041` can spell any character, so lines with one are always read.
 */
export interface Needles {
  /**
   * Every matching line holds at least one of these or trips a guard. One to eight texts of 3 to 64 characters,
   * printable ASCII without `"`, `\` and `/`, which JSON may escape in short forms. In lower case when `fold`.
   */
  readonly texts: readonly string[];
  /** ASCII letters compare without case. Lines with a byte beyond ASCII are then read: ſ folds to s, K to k, ß to ss. */
  readonly fold: boolean;
  /** Lines with a percent-encoded RFC 3986 unreserved character are read: names in CRNs are decoded before they are compared. */
  readonly percentGuard: boolean;
}

const mostTexts = 8;
const shortest = 3;
const longest = 64;

/** The needles of a question; undefined when every line has to be read. */
export function needlesOf(expr: Expr): Needles | undefined {
  switch (expr.kind) {
    case 'all':
    case 'not':
      return undefined;
    case 'and':
      return expr.of.map(needlesOf).reduce(better, undefined);
    case 'or': {
      const sides = expr.of.map(needlesOf).filter((side) => side !== undefined);
      return sides.length === expr.of.length ? union(sides) : undefined;
    }
    case 'match':
      return needlesOfMatch(expr.on, expr.test);
  }
}

/** For `--explain-plan`. */
export function explainNeedles({ texts, fold, percentGuard }: Needles): string {
  const quoted = texts.map((text) => JSON.stringify(text)).join(' or ');
  const others = [
    'JSON escapes (\\u)',
    ...(fold ? ['characters beyond ASCII'] : []),
    ...(percentGuard ? ['percent-encoded letters or digits'] : []),
  ];
  return `lines that hold ${quoted}${fold ? ' in any case' : ''}, or ${others.join(' or ')}`;
}

/** Of two sides that must both hold, the one to look for: fewer texts, then longer ones. */
function better(a: Needles | undefined, b: Needles | undefined): Needles | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const order = a.texts.length - b.texts.length || shortestOf(b) - shortestOf(a);
  return order <= 0 ? a : b;
}

function shortestOf({ texts }: Needles): number {
  return Math.min(...texts.map((text) => text.length));
}

function union(sides: readonly Needles[]): Needles | undefined {
  const fold = sides.some((side) => side.fold);
  const texts = sides.flatMap((side) => side.texts).map((text) => (fold ? text.toLowerCase() : text));
  return needles([...new Set(texts)], { fold, percentGuard: sides.some((side) => side.percentGuard) });
}

/** A text that holds another one needs no search of its own. */
function needles(texts: readonly string[], guards: Omit<Needles, 'texts'>): Needles | undefined {
  const needed = texts.filter((text) => !texts.some((other) => other !== text && text.includes(other)));
  return needed.length === 0 || needed.length > mostTexts ? undefined : { texts: needed, ...guards };
}

/** What a test demands of the text it looks at: all the pieces of one alternative. */
interface Sought {
  readonly anyOf: readonly (readonly string[])[];
  readonly fold: boolean;
  /** Whether a piece is the whole text. */
  readonly whole: boolean;
}

/** How the tested text stands in the line. A raw path may also lead to an object, which is compared as compact JSON. */
type Standing = Spelling | 'any-value';

function needlesOfMatch(on: Operand, test: Test): Needles | undefined {
  const standing = on.kind === 'path' ? 'any-value' : columnNamed(on.name).spelled;
  if (standing === undefined) return undefined;
  // These two look at the names inside a CRN, decoded.
  if (test.kind === 'segment' || test.kind === 'crn-prefix') {
    if (standing !== 'rendered') return undefined;
    return needlesOfSought(test.kind === 'segment' ? soughtBy(test.name) : namesIn(test.prefix), 'decoded');
  }
  return needlesOfSought(soughtByTest(test), standing);
}

function soughtByTest(test: Test): Sought | undefined {
  switch (test.kind) {
    case 'text':
      return soughtBy(test.pattern);
    case 'among':
      return { anyOf: [...test.values].map((value) => [value]), fold: test.fold, whole: true };
    case 'contains':
      return { anyOf: [[test.text]], fold: true, whole: false };
    case 'compare': {
      // Numbers compare by value and times as instants, however they are spelled.
      const { op, to } = test;
      if (op !== '=' || to.kind !== 'scalar' || typeof to.value !== 'string') return undefined;
      return { anyOf: [[to.value]], fold: false, whole: true };
    }
    case 'window':
    case 'hours':
    case 'address':
    case 'segment':
    case 'crn-prefix':
    case 'exists':
      return undefined;
  }
}

function soughtBy(pattern: TextPattern): Sought | undefined {
  switch (pattern.kind) {
    case 'exact': {
      const { text, fold } = pattern;
      return { anyOf: [[fold ? foldCase(text) : text]], fold, whole: true };
    }
    case 'glob': {
      const { glob, fold } = pattern;
      return { anyOf: [(fold ? foldCase(glob) : glob).split(/[*?]+/)], fold, whole: false };
    }
    case 'regex':
      return undefined;
  }
}

/**
 * The names in a `--crn` prefix. A part without `=` may be the beginning of a type, and types are written anew when
 * a CRN is put together. The authority has a default.
 */
function namesIn(prefix: string): Sought {
  const [, ...parts] = prefix.slice('crn://'.length).split('/');
  const names = parts.filter((part) => part.includes('=')).map((part) => part.slice(part.indexOf('=') + 1));
  // All of them stand in the line; the innermost is the rarest, an organization stands everywhere.
  const innermost = names.findLast((name) => encodableRuns(name).some((run) => run.length > shortest));
  return { anyOf: [innermost === undefined ? [] : [innermost]], fold: false, whole: false };
}

/** One way to find an alternative: one of these spellings of a text stands in the line. */
type Way = readonly string[];

function needlesOfSought(sought: Sought | undefined, standing: Standing): Needles | undefined {
  if (sought === undefined) return undefined;
  const { fold, whole } = sought;
  // A decoded name may hold letters that fold into ASCII although the line is all ASCII: %C5%BF is ſ.
  if (fold && standing === 'decoded') return undefined;

  const texts = new Set<string>();
  // Short values first: `u-1` also finds `User:u-1`, and `createtopics` finds `kafka.createtopics`.
  for (const pieces of [...sought.anyOf].sort((a, b) => lengthOf(a) - lengthOf(b))) {
    const ways = pieces.flatMap((piece) => waysToFind(piece, standing, whole)).filter(isTelling);
    if (ways.some((way) => way.every((text) => holdsAny(text, texts)))) continue;
    const best = ways.sort(byLength).at(-1);
    if (best === undefined) return undefined;
    for (const text of best) texts.add(text.slice(0, longest));
  }
  return needles([...texts], { fold, percentGuard: standing === 'decoded' });
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function byLength([a = '']: Way, [b = '']: Way): number {
  return a.length - b.length;
}

function holdsAny(text: string, others: Iterable<string>): boolean {
  for (const other of others) if (text.includes(other)) return true;
  return false;
}

/** Runs of characters that stand in the line as they are, unless `\u` spells them. */
function waysToFind(piece: string, standing: Standing, whole: boolean): Way[] {
  switch (standing) {
    case 'verbatim':
      return plainRuns(piece).map((run) => [run]);
    case 'verbatim-or-number':
      return plainRuns(piece)
        .filter((run) => !mayBeOfNumber(run))
        .map((run) => [run]);
    case 'any-value':
      return whole && !piece.startsWith('{') ? waysToFind(piece, 'verbatim-or-number', whole) : [];
    case 'decoded':
      return encodableRuns(piece).map(encodings);
    case 'rendered':
      // What stands behind the last `=` of a CRN put together is a name; its type is not written as recorded.
      return whole ? encodableRuns(piece.slice(piece.lastIndexOf('=') + 1)).map((run) => [run]) : [];
  }
}

function plainRuns(text: string): string[] {
  return text.match(/[ !#-.0-[\]-~]+/g) ?? [];
}

/** Whether JavaScript may write it in the text of a number: `1e+21`, `-0.5`, `Infinity`. */
function mayBeOfNumber(run: string): boolean {
  return /^[-+.\de]*$/i.test(run) || '-infinity'.includes(run.toLowerCase());
}

/**
 * Runs of RFC 3986 unreserved characters, which writers of CRNs have no reason to encode; those who do are found by
 * the percent guard. One `@` is let in, so that e-mail addresses stay whole. Text typed encoded may mean itself or
 * what it encodes: neither is looked for.
 */
function encodableRuns(text: string): string[] {
  return text.split(/%[\dA-Fa-f]{2}/).flatMap((part) => part.match(/[\w.~-]+(?:@[\w.~-]+)?/g) ?? []);
}

function encodings(run: string): Way {
  return run.includes('@') ? [run, run.replace('@', '%40')] : [run];
}

/** Long enough, and not part of what stands in nearly every record: such a needle would only cost time. */
function isTelling(way: Way): boolean {
  return way.every((text) => text.length >= shortest && !commonplace.includes(text.toLowerCase()));
}

const commonplace = [
  ...['specversion', 'datacontenttype', 'application/json', 'io.confluent.kafka.server/authorization', 'subject'],
  ...['io.confluent.cloud/request', 'servicename', 'methodname', 'resourcename', 'authenticationinfo', 'credentials'],
  ...['authorizationinfo', 'resourcetype', 'requestmetadata', 'requestid', 'clientaddress', 'cloudresources', 'scope'],
  ...['principalresourceid', 'confluentuser', 'user:', 'result', 'status', 'success', 'granted', 'internal'],
  ...['crn://confluent.cloud/organization=', '/environment=', '/cloud-cluster=', '/kafka=', 'true', 'false', 'null'],
].join('\n');
