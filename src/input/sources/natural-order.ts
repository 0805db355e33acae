/**
 * Compares names with runs of digits as numbers of any length, the rest by code unit: `partition=2`
 * before `partition=10`, the same on every machine whatever its locale. Only equal texts are equal.
 */
export function compareNaturally(a: string, b: string): number {
  const left = a.match(parts) ?? [];
  const right = b.match(parts) ?? [];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = compareParts(left[index] ?? '', right[index] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

const parts = /[0-9]+|[^0-9]+/g;

function compareParts(a: string, b: string): number {
  if (!isNumber(a) || !isNumber(b)) return compareText(a, b);
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  return left.length - right.length || compareText(left, right);
}

function isNumber(part: string): boolean {
  return part >= '0' && part < ':';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
