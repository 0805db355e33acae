/** `1GiB`, `256MiB`, `64KiB` or a plain number of bytes. */
export function byteCount(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+)(|KiB|MiB|GiB)$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * 1024 ** ['', 'KiB', 'MiB', 'GiB'].indexOf(unit);
}
