import { cacheFolder } from '../../cache/folder.ts';
import { type Cleared, clearCaches, listCaches, type StoredCache } from '../../cache/stored-caches.ts';
import { AuditError } from '../../diag/diagnostic.ts';
import { type ExitCode, exitCodes } from '../../diag/exit-codes.ts';
import { escapeControls } from '../../output/escape.ts';
import type { Section } from '../../output/report.ts';
import { instantOf } from '../../record/time.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { count } from '../render.ts';
import { reportOnItself } from '../report-command.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const [action = 'ls', ...files] = invocation.operands;
  const folder = cacheFolder(terminal.env);
  if (action === 'clear') return clear(invocation, terminal, folder, files);
  if (action !== 'ls' || files.length > 0) throw notAnAction([action, ...files]);
  return list(invocation, terminal, folder);
};

async function list(invocation: Invocation, terminal: Terminal, folder: string | undefined): Promise<ExitCode> {
  const caches = folder === undefined ? [] : listCaches(folder, version());
  return reportOnItself(invocation, terminal, {
    object: { folder: folder ?? null, caches: caches.map(objectOf) },
    sections: () => [section(caches)],
  });
}

function objectOf({ file, byteLength, state, dump, lines, builtAt }: StoredCache): object {
  return {
    dump: dump ?? null,
    lines: lines ?? null,
    bytes: byteLength,
    built: builtAt === undefined ? null : timeOf(builtAt).text,
    state,
    file,
  };
}

/** Without a name the section is nothing but rows in csv and tsv. */
function section(caches: readonly StoredCache[]): Section {
  return {
    name: '',
    columns: [
      { name: 'dump', type: 'text' },
      { name: 'lines', type: 'count' },
      { name: 'bytes', type: 'count' },
      { name: 'built', type: 'time' },
      { name: 'state', type: 'text' },
    ],
    rows: caches.map(({ file, byteLength, state, dump, lines, builtAt }) => [
      // A damaged cache does not know whose it is.
      dump ?? file,
      lines,
      byteLength,
      builtAt === undefined ? undefined : timeOf(builtAt),
      state,
    ]),
  };
}

function timeOf(milliseconds: number): ReturnType<typeof instantOf> {
  return instantOf(Math.floor(milliseconds / 1000));
}

async function clear(
  invocation: Invocation,
  terminal: Terminal,
  folder: string | undefined,
  files: readonly string[],
): Promise<ExitCode> {
  const nothing: Cleared = { caches: 0, bytes: 0, left: [] };
  const cleared = folder === undefined ? nothing : clearCaches(folder, files.length === 0 ? undefined : files);
  const { caches, bytes, left } = cleared;
  const code = await reportOnItself(invocation, terminal, {
    object: { caches, bytes, left },
    sections: () => [
      {
        name: '',
        columns: [
          { name: 'cleared', type: 'count' },
          { name: 'bytes', type: 'count' },
        ],
        rows: [[caches, bytes]],
      },
    ],
    page: () =>
      [
        `took away ${count(caches, 'cache')}, ${count(bytes, 'byte')}\n`,
        ...left.map((one) => `left ${escapeControls(one)}\n`),
      ].join(''),
  });
  return left.length > 0 ? exitCodes.incomplete : code;
}

function notAnAction(operands: readonly string[]): AuditError {
  return new AuditError({
    code: 'bad-operand',
    message: `cache ${operands.join(' ')}: expected ls, or clear and FILES`,
    hint: 'try audit-cli cache ls or audit-cli cache clear dump.ndjson',
  });
}
