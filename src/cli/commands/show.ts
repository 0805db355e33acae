import { AuditError, type Diagnostic } from '../../diag/diagnostic.ts';
import type { Stage } from '../../engine/stage.ts';
import { formatNamed } from '../../output/formats/index.ts';
import { recordPage } from '../../output/record-page.ts';
import type { Sink } from '../../output/sinks/sink.ts';
import { badValue } from '../../query/bad-value.ts';
import { fieldOf } from '../../query/fields.ts';
import { filters } from '../../query/filters/index.ts';
import { listedColumns } from '../../record/columns/index.ts';
import type { Zone } from '../../record/zone.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { noSuchId } from '../no-such-id.ts';
import { formatFlag, switched, textFlag } from '../options.ts';
import { type Look, lookOf } from '../out.ts';
import { perform, prepareWithOut } from '../perform.ts';
import { reportFormat } from '../report-command.ts';
import { showDifferences } from '../show-diff.ts';

export const run: RunCommand = async (invocation, terminal) => {
  if (!invocation.flags.has('id')) throw noId(invocation);
  const look = lookOf(invocation, terminal);
  if (diffFlag(invocation)) {
    reportFormat(invocation);
    return showDifferences(await prepareWithOut(invocation, terminal, { readsTwice: true }), notFound(invocation));
  }
  const formatName = formatFlag(invocation, ['summary']) ?? 'table';
  const { inquiry, sink } = await prepareWithOut(invocation, terminal);
  const shown =
    formatName === 'table' || formatName === 'text' || formatName === 'summary'
      ? pages(sink, inquiry.zone, look)
      : rows(formatName, invocation, sink, inquiry.zone, look);
  const stage = switched(invocation, 'quiet') ? { ...shown, write: () => 'more' as const } : shown;
  return perform(inquiry, {
    stage,
    sink,
    returnsRecords: true,
    finish(accounting) {
      if (accounting.matched === 0 && accounting.stopped === undefined)
        accounting.diagnostics.push(notFound(invocation));
    },
  });
};

/** The only thing to compare with so far. */
function diffFlag(invocation: Invocation): boolean {
  const text = textFlag(invocation, 'diff');
  if (text === undefined || text === 'previous') return text !== undefined;
  throw badValue({
    code: 'bad-value',
    flag: 'diff',
    value: text,
    reason: 'a record can be compared with the previous one only',
    examples: ['--diff previous', '--diff previous -o json'],
  });
}

/** A page a record; the same id delivered twice gives two, each with its place. */
function pages(sink: Sink, zone: Zone, look: Look): Stage {
  return {
    write(batch) {
      for (const record of batch)
        sink.write(`${recordPage(record, { zone, styles: look.styles, labels: look.labels })}\n`);
      return sink.closed ? 'done' : 'more';
    },
    gap: () => undefined,
    end: () => undefined,
  };
}

/** In machine formats: the original for json and ndjson, every column for the others. */
function rows(formatName: string, invocation: Invocation, sink: Sink, zone: Zone, look: Look): Stage {
  const fields = listedColumns.map(({ name }) => fieldOf(name));
  return formatNamed(formatName).create(
    {
      fields,
      normalized: switched(invocation, 'normalized'),
      zone,
      width: undefined,
      wide: true,
      header: true,
      styles: look.styles,
      csvRaw: false,
      labels: look.labels,
      onTerminal: look.onTerminal,
    },
    sink,
  );
}

function notFound({ flags }: Invocation): Diagnostic {
  const isAlone = filters.every(({ name }) => name === 'id' || !(flags.has(name) || flags.has(`not-${name}`)));
  return noSuchId(flags.get('id') ?? [], isAlone);
}

function noId({ operands }: Invocation): AuditError {
  const files = operands.length === 0 ? 'dump.ndjson' : operands.join(' ');
  return new AuditError({
    code: 'missing-id',
    message: 'show needs to know which record: --id ID',
    hint: `ids are in the id column: audit-cli filter --fields id,time,method ${files}`,
  });
}
