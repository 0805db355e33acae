import { cacheFolder } from '../cache/folder.ts';
import type { CacheSetting } from '../cache/open.ts';
import { AuditError } from '../diag/diagnostic.ts';
import type { Invocation } from './command.ts';
import { switched } from './options.ts';
import { scanSetting } from './scan-setting.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

/** Smaller files are read as fast without a cache. */
const defaultLeastBytes = 8 * 1024 * 1024;

/** A question holds the columns of one stretch of so many rows at a time. */
const defaultStretchRows = 64 * 1024;

interface Wishes {
  readonly isOn: boolean;
  readonly leastBytes: number;
  readonly stretchRows: number;
}

/**
 * Undefined without `--cache` and `AUDIT_CLI_CACHE=1`. For tests and measurements the variable takes `least=BYTES` and
 * `rows=N` too, as in `1,least=0`.
 */
export function cacheSetting(
  invocation: Invocation,
  { env, now, signal }: Terminal,
  told: Pick<CacheSetting, 'note' | 'onRead'>,
): CacheSetting | undefined {
  const text = env.AUDIT_CLI_CACHE ?? '';
  let wishes: Wishes = { isOn: false, leastBytes: defaultLeastBytes, stretchRows: defaultStretchRows };
  for (const part of text.split(',').filter((one) => one !== '')) wishes = { ...wishes, ...wishOf(part, text) };
  if (!wishes.isOn && !switched(invocation, 'cache')) return undefined;
  const { leastBytes, stretchRows } = wishes;
  const { blockBytes } = scanSetting(env);
  return { folder: cacheFolder(env), tool: version(), leastBytes, stretchRows, blockBytes, now, signal, ...told };
}

function wishOf(part: string, text: string): Partial<Wishes> {
  if (part === '0' || part === '1') return { isOn: part === '1' };
  const [, name, digits] = /^(least|rows)=(\d{1,9})$/.exec(part) ?? [];
  const value = Number(digits);
  if (name === 'least') return { leastBytes: value };
  if (name === 'rows' && value > 0) return { stretchRows: value };
  throw new AuditError({
    code: 'bad-environment',
    message: `AUDIT_CLI_CACHE ${JSON.stringify(text)}: ${part} is not 0 or 1`,
    hint: 'try AUDIT_CLI_CACHE=1, or unset it',
  });
}
