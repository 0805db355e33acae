import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AuditError } from '../../diag/diagnostic.ts';
import { type ExitCode, exitCodes } from '../../diag/exit-codes.ts';
import { type Source, SourceError } from '../../input/block.ts';
import { fileSource } from '../../input/sources/file.ts';
import { type Sum, sumOf } from '../../input/sources/hashed.ts';
import { stdinSource } from '../../input/sources/stdin.ts';
import { errorCode, plainWords } from '../../input/sources/trouble.ts';
import type { Section } from '../../output/report.ts';
import type { Invocation } from '../command.ts';
import { switched } from '../options.ts';
import { count } from '../render.ts';
import { reportOnItself } from '../report-command.ts';
import type { Terminal } from '../terminal.ts';
import { type ManifestFile, parseManifest } from './manifest.ts';

/** What became of a file since the manifest was written. */
type State = 'same' | 'changed' | 'missing' | 'unreadable';

interface Checked {
  readonly file: string;
  readonly state: State;
  readonly then: Pick<ManifestFile, 'bytes' | 'sha256'>;
  readonly now: Sum | undefined;
}

/** Compares the files of a manifest with what they are now: nothing but their bytes is looked at. */
export async function checkManifest(invocation: Invocation, terminal: Terminal, path: string): Promise<ExitCode> {
  refuseOthers(invocation);
  const bytes = readManifest(path);
  const files = parseManifest(bytes.toString('utf8'));
  if (files === undefined) throw notAManifest(path);
  const checked: Checked[] = [];
  for (const file of files) {
    checked.push(await check(file, terminal));
    if (terminal.signal.aborted) return exitCodes.interrupted;
  }
  const isSame = checked.every(({ state }) => state === 'same');
  if (switched(invocation, 'quiet')) return isSame ? exitCodes.ok : exitCodes.incomplete;
  const manifest = { file: path, sha256: createHash('sha256').update(bytes).digest('hex') };
  const verdict = verdictText(checked);
  const code = await reportOnItself(invocation, terminal, {
    object: {
      manifest,
      same: isSame,
      files: checked.map(({ file, state, then, now }) => ({
        file,
        state,
        bytes: then.bytes,
        sha256: then.sha256,
        bytesNow: now?.bytes ?? null,
        sha256Now: now?.sha256 ?? null,
      })),
      verdict,
    },
    sections: () => [...sections(checked), verdictSection(manifest, verdict)],
  });
  return isSame ? code : exitCodes.incomplete;
}

async function check(
  { file, bytes, sha256 }: Pick<ManifestFile, 'file' | 'bytes' | 'sha256'>,
  terminal: Terminal,
): Promise<Checked> {
  const then = { bytes, sha256 };
  try {
    const now = await sumOf(await sourceOf(file, terminal), terminal.signal);
    const state = now?.bytes === bytes && now.sha256 === sha256 ? 'same' : 'changed';
    return { file, state, then, now };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { file, state: error.trouble === 'missing' ? 'missing' : 'unreadable', then, now: undefined };
  }
}

async function sourceOf(file: string, terminal: Terminal): Promise<Source> {
  if (file !== '-') return fileSource(file);
  if (terminal.stdinIsTerminal) throw new SourceError('missing', 'standard input is a terminal');
  return stdinSource(terminal.standardInput);
}

function sections(checked: readonly Checked[]): readonly Section[] {
  const changed = checked.filter(({ state }) => state === 'changed');
  return [
    {
      name: 'files',
      columns: [
        { name: 'state', type: 'exact' },
        { name: 'file', type: 'text' },
      ],
      rows: checked.map(({ state, file }) => [state, file]),
    },
    ...(changed.length === 0
      ? []
      : [
          {
            name: 'changed',
            columns: [
              { name: 'when', type: 'exact' },
              { name: 'sha-256', type: 'exact' },
              { name: 'file', type: 'text' },
            ],
            rows: changed.flatMap(({ file, then, now }) => [
              ['then', then.sha256 ?? undefined, file],
              ['now', now?.sha256, file],
            ]),
          } as const,
        ]),
  ];
}

function verdictSection(
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  verdict: string,
): Section {
  return {
    name: 'verdict',
    columns: [
      { name: 'fact', type: 'text' },
      { name: 'value', type: 'exact' },
    ],
    header: false,
    rows: [
      ['result', verdict],
      ['manifest', file],
      ['sha-256', sha256],
    ],
  };
}

function verdictText(checked: readonly Checked[]): string {
  const counts = (['same', 'changed', 'missing', 'unreadable'] as const).flatMap((state) => {
    const files = checked.filter((one) => one.state === state).length;
    return files > 0 ? [`${count(files, 'file')} ${state}`] : [];
  });
  return counts.length === 0 ? 'the manifest names no file' : counts.join(', ');
}

const howToWriteOne = 'audit-cli verify --manifest FILE dump.ndjson writes one';

function readManifest(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): AuditError {
  const message = `--check "${path}": ${plainWords(errorCode(error))}`;
  return new AuditError({ code: 'unreadable-manifest', message, hint: howToWriteOne }, exitCodes.usage, error);
}

function notAManifest(path: string): AuditError {
  return new AuditError({
    code: 'not-a-manifest',
    message: `--check "${path}": this is no manifest`,
    hint: howToWriteOne,
  });
}

const outputFlags: ReadonlySet<string> = new Set(
  'check output out-file force width wide no-header csv-raw color no-color ascii no-progress no-summary quiet'.split(
    ' ',
  ),
);

/** Flags about records would look as if they counted. */
function refuseOthers({ flags, operands }: Invocation): void {
  const others = [...flags.keys()].filter((long) => !outputFlags.has(long)).map((long) => `--${long}`);
  const [other] = [...others, ...operands];
  if (other === undefined) return;
  throw new AuditError({
    code: 'bad-flag',
    message: `--check takes the files from the manifest and looks at nothing but their bytes; ${other} does not go with it`,
    hint: 'audit-cli verify --check manifest.json',
  });
}
