import type { Findings } from '../../analyze/verify/findings.ts';
import { verification, verifiedColumns } from '../../analyze/verify/verify.ts';
import { AuditError } from '../../diag/diagnostic.ts';
import { type ExitCode, exitCodes } from '../../diag/exit-codes.ts';
import type { Accounting } from '../../engine/accounting.ts';
import { foldStage } from '../../engine/stage.ts';
import { SourceError } from '../../input/block.ts';
import { type HashedSource, hashedSource, type Sum } from '../../input/sources/hashed.ts';
import { badValue } from '../../query/bad-value.ts';
import { parseDuration } from '../../query/duration.ts';
import type { Inquiry } from '../asking.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { switched, textFlag } from '../options.ts';
import { closeOuts, lookOf, type Out, openManifestOut } from '../out.ts';
import { perform, prepareWithOut } from '../perform.ts';
import { accountingObject, count } from '../render.ts';
import { reportFormat, writeReport } from '../report-command.ts';
import type { Terminal } from '../terminal.ts';
import { checkManifest } from '../verify/check.ts';
import { collectSourceFacts } from '../verify/collect.ts';
import { type Gate, gatesAsked, gatesOf } from '../verify/gate.ts';
import { manifestText } from '../verify/manifest.ts';
import { verifyObject } from '../verify/object.ts';
import type { Result } from '../verify/result.ts';
import { verifySections } from '../verify/sections.ts';
import { type Part, verdictText } from '../verify/verdict.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const manifest = textFlag(invocation, 'check');
  return manifest === undefined ? verify(invocation, terminal) : checkManifest(invocation, terminal, manifest);
};

async function verify(invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  if (switched(invocation, 'dedupe')) throw noDedupe();
  const asked = gatesAsked(invocation);
  const options = { minGap: minGapFlag(invocation) };
  const write = reportWriter(invocation, terminal);
  const manifestOut = openManifestOut(invocation, terminal);
  try {
    const { inquiry, sink } = await prepareWithOut(invocation, terminal, { readsTwice: true });
    const sources = inquiry.sources.map(hashedSource);
    const facts = collectSourceFacts();
    const verifying = verification(options);
    let found: readonly Gate[] = [];
    const code = await perform(
      { ...inquiry, sources },
      {
        stage: foldStage(verifying),
        columns: verifiedColumns,
        sink,
        returnsRecords: false,
        writesAtEnd: true,
        onMalformed: facts.onMalformed,
        onSource: (source, accounting) => verifying.endOfSource(facts.factsOf(source, accounting)),
        async finish(accounting, again) {
          const findings = await verifying.end(again);
          found = gatesOf(findings);
          noteChanges(findings, accounting);
          const isQuiet = switched(invocation, 'quiet');
          if (isQuiet && manifestOut === undefined) return;
          const sums = await sumsOf(sources.slice(0, findings.sources.length), terminal.signal);
          manifestOut?.write(manifestText(invocation, findings.sources, sums));
          const outs = manifestOut === undefined ? [] : [manifestOut];
          accounting.diagnostics.push(...(await closeOuts(outs, accounting.stopped === 'interrupted')));
          if (!isQuiet) write({ findings, sums, found }, accounting, inquiry, sink);
        },
      },
    );
    const isFound = asked.some((gate) => found.includes(gate));
    // What was found is certain, but an answer that is incomplete has to be asked again whatever it found.
    return code === exitCodes.ok && isFound ? exitCodes.gate : code;
  } catch (error) {
    manifestOut?.discard();
    throw error;
  }
}

type WriteReport = (
  result: Pick<Result, 'findings' | 'sums' | 'found'>,
  accounting: Accounting,
  inquiry: Inquiry,
  sink: Out,
) => void;

/** Checks the flags of the report at once. */
function reportWriter(invocation: Invocation, terminal: Terminal): WriteReport {
  const format = reportFormat(invocation);
  const look = lookOf(invocation, terminal);
  const narrowed = (['duplicates', 'gaps'] as const).filter((part) => switched(invocation, part));
  const parts: readonly Part[] = narrowed.length === 0 ? ['whole', 'duplicates', 'gaps'] : narrowed;
  return (found, accounting, { zone, plan }, sink) => {
    const result = { ...found, narrowed, verdict: verdictText(found.findings, accounting, parts) };
    const content = {
      object: { ...verifyObject(result, zone), accounting: accountingObject(accounting, plan) },
      sections: (width: number | undefined) => verifySections(result, width),
    };
    writeReport(sink, invocation, format, content, look, zone);
  };
}

/** Records that were there once and not when they were read again. */
function noteChanges({ duplicates, offsets }: Findings, accounting: Accounting): void {
  const lost = duplicates.notCompared + offsets.notCompared;
  if (lost === 0 || accounting.stopped !== undefined) return;
  accounting.complete = false;
  accounting.diagnostics.push({
    code: 'changed-while-read',
    severity: 'error',
    message: `the input changed while it was read: ${count(lost, 'repeated record')} could not be compared`,
    hint: 'verify a copy that nobody writes to',
  });
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
