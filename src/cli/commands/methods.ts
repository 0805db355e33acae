import { type ExitCode, exitCodes } from '../../diag/exit-codes.ts';
import { compileTextPattern, parseTextPattern } from '../../query/text-pattern.ts';
import { type CatalogEntry, catalog, withoutPrefix } from '../../record/catalog.ts';
import { utc } from '../../record/zone.ts';
import { catalogSection } from '../catalog-report.ts';
import type { RunCommand } from '../command.ts';
import { reportDrift } from '../drift.ts';
import { splitOperands } from '../method-operands.ts';
import { lookOf, openOut } from '../out.ts';
import { reportFormat, writeReport } from '../report-out.ts';

export const run: RunCommand = async (invocation, terminal): Promise<ExitCode> => {
  const { names, files } = splitOperands(invocation.operands);
  if (files.length > 0)
    return reportDrift({ ...invocation, operands: files }, terminal, names.length > 0 ? entriesLike(names) : []);

  const entries = names.length === 0 ? catalog.methods : entriesLike(names);
  const format = reportFormat(invocation);
  const sink = openOut(invocation, terminal);
  const object = { schemaVersion: 1, command: 'methods', date: catalog.date, methods: entries };
  writeReport(sink, format, {
    report: () => ({ sections: [catalogSection(entries)] }),
    object,
    look: lookOf(invocation, terminal),
    zone: utc,
  });
  await sink.close();
  return entries.length === 0 ? exitCodes.nothingMatched : exitCodes.ok;
};

/** Entries with a spelling that fits one of the globs; the same patterns as `--method` takes. */
function entriesLike(globs: readonly string[]): readonly CatalogEntry[] {
  const tests = globs.map((glob) =>
    compileTextPattern(parseTextPattern(glob, { flag: 'method', exact: false, fold: true })),
  );
  return catalog.methods.filter(({ method, aliases }) =>
    [method, withoutPrefix(method) ?? method, ...aliases].some((name) => tests.some((test) => test(name))),
  );
}
