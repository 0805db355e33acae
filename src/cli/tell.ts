import type { Accounting } from '../engine/accounting.ts';
import type { ScanShare } from '../engine/reading.ts';
import type { Inquiry } from './asking.ts';
import { accountingFormat, colorChoice, switched } from './options.ts';
import { accountingObject, renderAccounting, renderDiagnostic, safeJson, stderrStyles } from './render.ts';

/** What stderr gets at the end: every remark, then the accounting; or both as one object with `--stats json`. */
export function tell(
  { invocation, terminal, plan }: Inquiry,
  accounting: Accounting,
  { shown, seconds, scan }: { shown: number | undefined; seconds: number; scan: ScanShare },
): void {
  const { stderr } = terminal;
  if (accountingFormat(invocation) === 'json') {
    stderr.write(
      `${safeJson({ ...accountingObject(accounting, plan), scan: scanObject(scan), elapsedSeconds: seconds })}\n`,
    );
    return;
  }
  const style = stderrStyles(colorChoice(invocation), terminal);
  for (const diagnostic of accounting.diagnostics) stderr.write(`${renderDiagnostic(diagnostic, style)}\n`);
  if (!switched(invocation, 'no-summary')) {
    const dedupe = switched(invocation, 'dedupe');
    stderr.write(`${renderAccounting(accounting, plan, { dedupe, shown, seconds, passedOver: scan.passedOver })}\n`);
  }
}

function scanObject({ engine, threads, passedOver, doubtful }: ScanShare): Record<string, unknown> {
  return { engine, threads, passedOver, doubtful: doubtful ?? null };
}
