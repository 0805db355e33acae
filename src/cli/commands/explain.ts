import { AuditError } from '../../diag/diagnostic.ts';
import { nearest } from '../../diag/nearest.ts';
import { type CatalogEntry, catalog, entriesFor } from '../../record/catalog.ts';
import { catalogSection, entryText } from '../catalog-report.ts';
import type { RunCommand } from '../command.ts';
import { reportDrift } from '../drift.ts';
import { refuseReadingFlags, splitOperands } from '../method-operands.ts';
import { reportOnItself } from '../report-command.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const { names, files } = splitOperands(invocation.operands);
  if (names.length === 0 && files.length === 0) throw noMethod();
  if (files.length > 0) return reportDrift({ ...invocation, operands: files }, terminal, names.flatMap(knownEntries));

  refuseReadingFlags(invocation);
  const entries = names.flatMap(knownEntries);
  return reportOnItself(invocation, terminal, {
    object: { methods: entries },
    sections: (width) => [catalogSection(entries, { width })],
    page: () => entries.map(entryText).join('\n'),
  });
};

function knownEntries(name: string): readonly CatalogEntry[] {
  const entries = entriesFor(name);
  if (entries.length > 0) return entries;
  const near = nearest(
    name,
    catalog.methods.flatMap(({ method, aliases }) => [method, ...aliases]),
  );
  throw new AuditError({
    code: 'unknown-method',
    message: `the catalogue of ${catalog.date} does not know ${name}; new methods appear without notice`,
    hint:
      near.length > 0 ? `did you mean ${near.join(', ')}?` : `audit-cli methods '*${name.slice(0, 6)}*' searches it`,
  });
}

function noMethod(): AuditError {
  return new AuditError({
    code: 'no-method',
    message: 'explain needs a method name',
    hint: 'audit-cli explain DeleteStatement, or audit-cli methods for the whole list',
  });
}
