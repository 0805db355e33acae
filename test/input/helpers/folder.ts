import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A temporary directory holding these files; a value that starts with `-> ` makes a symbolic link. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): {
  readonly path: string;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), 'audit-cli-test-'));
  for (const [name, content] of Object.entries(files)) {
    const target = join(path, name);
    mkdirSync(name.endsWith('/') ? target : dirname(target), { recursive: true });
    if (name.endsWith('/')) continue;
    if (typeof content === 'string' && content.startsWith('-> ')) symlinkSync(content.slice(3), target);
    else writeFileSync(target, content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
