import { AuditError } from '../diag/diagnostic.ts';
import { type ScanSetting, scanEngines } from '../engine/reading.ts';

const defaultBlockBytes = 1024 * 1024;

/** Enough to notice a dump that is not what it seems, and a hundredth of a second. */
const defaultCheckedBytes = 16 * 1024 * 1024;

/**
 * `AUDIT_CLI_SCAN`: how lines are read. `kernel`, `js` or `truth` instead of the program's own choice, `auto`; then,
 * for tests and measurements, `block=BYTES`, `checked=BYTES` and `threads=N`, as in
 * `kernel,block=4096,threads=2`.
 */
export function scanSetting(env: Readonly<Record<string, string | undefined>>): ScanSetting {
  const text = env.AUDIT_CLI_SCAN ?? '';
  const parts = text.split(',').filter((part) => part !== '');
  let setting: ScanSetting = {
    engine: 'auto',
    blockBytes: defaultBlockBytes,
    checkedBytes: defaultCheckedBytes,
    threads: undefined,
  };
  for (const part of parts) setting = { ...setting, ...settingOf(part, text) };
  return setting;
}

function settingOf(part: string, text: string): Partial<ScanSetting> {
  const engine = scanEngines.find((one) => one === part);
  if (engine !== undefined) return { engine };
  const [, name, digits] = /^(block|checked|threads)=(\d{1,9})$/.exec(part) ?? [];
  const value = Number(digits);
  if (name === 'block' && value >= 64 && value <= 16 * defaultBlockBytes) return { blockBytes: value };
  if (name === 'checked') return { checkedBytes: value };
  if (name === 'threads' && value >= 1 && value <= 64) return { threads: value };
  throw new AuditError({
    code: 'bad-environment',
    message: `AUDIT_CLI_SCAN ${JSON.stringify(text)}: ${part} is none of ${scanEngines.join(', ')}`,
    hint: 'try AUDIT_CLI_SCAN=truth, or unset it',
  });
}
