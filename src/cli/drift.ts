import { driftFold } from '../analyze/drift.ts';
import type { ExitCode } from '../diag/exit-codes.ts';
import type { CatalogEntry } from '../record/catalog.ts';
import { catalogSection, driftSection } from './catalog-report.ts';
import type { Invocation } from './command.ts';
import { reportOnInput } from './report-command.ts';
import type { Terminal } from './terminal.ts';

/** What the files hold that the catalogue does not know, after the entries that were asked for. */
export async function reportDrift(
  invocation: Invocation,
  terminal: Terminal,
  entries: readonly CatalogEntry[],
): Promise<ExitCode> {
  const asked = entries.length > 0;
  return reportOnInput(invocation, terminal, driftFold, (drift) => ({
    object: { ...(asked && { methods: entries }), drift },
    sections: (width) => [...(asked ? [catalogSection(entries, { name: 'methods', width })] : []), driftSection(drift)],
  }));
}
