import type { SourceFindings } from '../../analyze/verify/sources.ts';
import type { Sum } from '../../input/sources/hashed.ts';
import type { Invocation } from '../command.ts';
import { safeJson } from '../render.ts';
import { version } from '../version.ts';
import { malformedOf } from './verdict.ts';

/** What was verified, so that it can be shown later that it is still the same. It tells no time: two runs write the same. */
export interface Manifest {
  readonly schemaVersion: 1;
  readonly kind: 'audit-cli manifest';
  /** Of the program that wrote it. */
  readonly version: string;
  /** As typed, but for quotes and the order of flags. */
  readonly command: string;
  readonly files: readonly ManifestFile[];
}

export interface ManifestFile {
  /** As named then; `-` for standard input. */
  readonly file: string;
  /** As stored; null when it could not be read. */
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly complete: boolean;
  readonly lines: number;
  readonly records: number;
  readonly malformed: number;
  readonly first: string | null;
  readonly last: string | null;
}

export function manifestText(
  invocation: Invocation,
  sources: readonly SourceFindings[],
  sums: readonly (Sum | undefined)[],
): string {
  const manifest: Manifest = {
    schemaVersion: 1,
    kind: 'audit-cli manifest',
    version: version(),
    command: commandText(invocation),
    files: sources.map(({ file, complete, lines, records, malformed, first, last }, i) => ({
      file,
      bytes: sums[i]?.bytes ?? null,
      sha256: sums[i]?.sha256 ?? null,
      complete,
      lines,
      records,
      malformed: malformedOf(malformed),
      first: first?.text ?? null,
      last: last?.text ?? null,
    })),
  };
  return `${safeJson(manifest, 2)}\n`;
}

function commandText({ command, flags, operands }: Invocation): string {
  const typed = [...flags].flatMap(([long, values]) =>
    values.length === 0 ? [`--${long}`] : values.flatMap((value) => [`--${long}`, quoted(value)]),
  );
  return ['audit-cli', command.name, ...typed, ...operands.map(quoted)].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The files of a manifest; undefined when the text is none. Fields that came later are passed over. */
export function parseManifest(text: string): readonly Pick<ManifestFile, 'file' | 'bytes' | 'sha256'>[] | undefined {
  const manifest = parsed(text);
  if (!isObject(manifest) || manifest.kind !== 'audit-cli manifest' || !Array.isArray(manifest.files)) return undefined;
  const files = manifest.files.map(fileOf);
  return files.every((file) => file !== undefined) ? files : undefined;
}

function fileOf(entry: unknown): Pick<ManifestFile, 'file' | 'bytes' | 'sha256'> | undefined {
  if (!isObject(entry)) return undefined;
  const { file, bytes, sha256 } = entry;
  if (typeof file !== 'string') return undefined;
  if (bytes === null && sha256 === null) return { file, bytes, sha256 };
  return typeof bytes === 'number' && typeof sha256 === 'string' ? { file, bytes, sha256 } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
