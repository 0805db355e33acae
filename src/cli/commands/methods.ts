import { exitCodes } from '../../diag/exit-codes.ts';
import { compileTextPattern, parseTextPattern } from '../../query/text-pattern.ts';
import { type CatalogEntry, catalog, withoutPrefix } from '../../record/catalog.ts';
import { catalogSection } from '../catalog-report.ts';
import type { RunCommand } from '../command.ts';
import { reportDrift } from '../drift.ts';
import { refuseReadingFlags, splitOperands } from '../method-operands.ts';
import { reportOnItself } from '../report-command.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const { names, files } = splitOperands(invocation.operands);
  if (files.length > 0)
    return reportDrift({ ...invocation, operands: files }, terminal, names.length > 0 ? entriesLike(names) : []);

  refuseReadingFlags(invocation);
  const entries = names.length === 0 ? catalog.methods : entriesLike(names);
  const code = await reportOnItself(invocation, terminal, {
    object: { date: catalog.date, methods: entries },
    sections: (width) => [catalogSection(entries, { width })],
  });
  return entries.length === 0 ? exitCodes.nothingMatched : code;
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
