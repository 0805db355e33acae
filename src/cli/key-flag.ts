import { AuditError } from '../diag/diagnostic.ts';
import type { ReportColumn } from '../output/report.ts';
import type { Operand } from '../query/expr.ts';
import { type Field, fieldFor, splitFields } from '../query/fields.ts';
import type { Invocation } from './command.ts';

/** The columns and paths a flag groups by, each once. */
export function keyFlag(invocation: Invocation, long: string, examples: string): readonly Field[] {
  const typed = invocation.flags.get(long);
  const fields = (typed ?? []).flatMap((value) => splitFields(value)).map((name) => groupField(long, name));
  if (fields.length > 0) return [...new Map(fields.map((field) => [field.name, field])).values()];
  throw missingFlag(invocation, `--${long} LIST`, typed === undefined ? examples : `no column in it; ${examples}`);
}

/** A column or path that records can be grouped by. */
export function groupField(long: string, name: string): Field {
  const field = fieldFor(long, name);
  if (field.name !== 'time') return field;
  throw new AuditError({
    code: 'bad-key',
    message: `--${long} "${name}": nearly every record has a time of its own, so there is nothing to group by`,
    hint: `try --${long} principal or --${long} principal,ip`,
  });
}

export function operandsOf(fields: readonly Field[]): readonly Operand[] {
  return fields.map(({ operand }) => operand);
}

/** How values of a key are shown. */
export function keyColumn({ name, type }: Field): ReportColumn {
  return { name, type: type === 'time' ? 'time' : 'text' };
}

/** What a command cannot do without. */
export function missingFlag({ command }: Invocation, flag: string, hint: string): AuditError {
  return new AuditError({ code: 'missing-flag', message: `${command.name} needs ${flag}`, hint });
}
