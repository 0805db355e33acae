import { verification, verifiedColumns } from '../../analyze/verify/verify.ts';
import { AuditError } from '../../diag/diagnostic.ts';
import { type ExitCode, exitCodes } from '../../diag/exit-codes.ts';
import { SourceError } from '../../input/block.ts';
import { type HashedSource, hashedSource, type Sum } from '../../input/sources/hashed.ts';
import { badValue } from '../../query/bad-value.ts';
import { parseDuration } from '../../query/duration.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { switched, textFlag } from '../options.ts';
import { lookOf } from '../out.ts';
import { perform, prepareWithOut } from '../perform.ts';
import { accountingObject } from '../render.ts';
import { reportFormat, writeReport } from '../report-command.ts';
import { collectSourceFacts } from '../verify/collect.ts';
import { type Gate, gatesAsked, gatesOf } from '../verify/gate.ts';
import { verifyObject } from '../verify/object.ts';
import { verifySections } from '../verify/sections.ts';
import { type Part, verdictText } from '../verify/verdict.ts';

export const run: RunCommand = async (invocation, terminal) => {
  if (switched(invocation, 'dedupe')) throw noDedupe();
  const format = reportFormat(invocation);
  const look = lookOf(invocation, terminal);
  const minGap = minGapFlag(invocation);
  const asked = gatesAsked(invocation);
  const narrowed = (['duplicates', 'gaps'] as const).filter((part) => switched(invocation, part));
  const prepared = await prepareWithOut(invocation, terminal, { readsTwice: true });
  const { sink } = prepared;
  const sources = prepared.inquiry.sources.map(hashedSource);
  const inquiry = { ...prepared.inquiry, sources };
  const facts = collectSourceFacts();
  const verifying = verification({ minGap });
  let found: readonly Gate[] = [];

  const code = await perform(inquiry, {
    stage: {
      write(batch) {
        verifying.push(batch);
        return 'more';
      },
      gap: () => undefined,
      end: () => undefined,
    },
    columns: verifiedColumns,
    sink,
    returnsRecords: false,
    writesAtEnd: true,
    onMalformed: facts.onMalformed,
    onSource: (source, accounting) => verifying.endOfSource(facts.factsOf(source, accounting)),
    async finish(accounting, again) {
      const findings = await verifying.end(again);
      if (findings.duplicates.notCompared + findings.offsets.notCompared > 0) accounting.complete = false;
      found = gatesOf(findings);
      if (switched(invocation, 'quiet')) return;
      const sums = await sumsOf(sources.slice(0, findings.sources.length), terminal.signal);
      const parts: readonly Part[] = narrowed.length === 0 ? ['whole', 'duplicates', 'gaps'] : narrowed;
      const verdict = verdictText(findings, accounting, parts);
      const result = { findings, sums, found, verdict, narrowed };
      const object = {
        ...verifyObject(result, inquiry.zone),
        accounting: accountingObject(accounting, inquiry.plan),
      };
      const content = { object, sections: (width: number | undefined) => verifySections(result, width) };
      writeReport(sink, invocation, format, content, look, inquiry.zone);
    },
  });
  return gated(
    code,
    asked.some((gate) => found.includes(gate)),
  );
};

/** What was found is certain, but an answer that is incomplete has to be asked again whatever it found. */
function gated(code: ExitCode, isFound: boolean): ExitCode {
  return code === exitCodes.ok && isFound ? exitCodes.gate : code;
}

async function sumsOf(sources: readonly HashedSource[], signal: AbortSignal): Promise<readonly (Sum | undefined)[]> {
  const sums: (Sum | undefined)[] = [];
  for (const source of sources) sums.push(await sumOrNone(source, signal));
  return sums;
}

async function sumOrNone(source: HashedSource, signal: AbortSignal): Promise<Sum | undefined> {
  try {
    return await source.sum(signal);
  } catch (error) {
    // Why it cannot be read was told when it was read.
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

function minGapFlag(invocation: Invocation): number | undefined {
  const text = textFlag(invocation, 'min-gap');
  if (text === undefined) return undefined;
  const duration = parseDuration(text);
  if (duration !== undefined && duration.months === 0 && duration.second + duration.nano > 0)
    return duration.second + duration.nano / 1e9;
  throw badValue({
    code: 'bad-value',
    flag: 'min-gap',
    value: text,
    reason: 'expected a length of time above zero, in units up to weeks',
    examples: ['--min-gap 30m', '--min-gap 2h'],
  });
}

function noDedupe(): AuditError {
  return new AuditError({
    code: 'bad-flag',
    message: 'verify looks at every delivery, and --dedupe would hide the repeated ones from it',
    hint: 'leave --dedupe out; --duplicates shows nothing but what was delivered more than once',
  });
}
