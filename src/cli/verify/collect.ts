import type { BadLine, SourceFacts } from '../../analyze/verify/sources.ts';
import type { Accounting } from '../../engine/accounting.ts';
import type { Source } from '../../input/block.ts';
import type { MalformedLine } from '../../input/malformed.ts';

/** Tells what each source held, from accounts that are kept of all together. */
export interface SourceFactsCollector {
  onMalformed(line: MalformedLine): void;
  /** Call when a source has ended. */
  factsOf(source: Source, accounting: Accounting): SourceFacts;
}

const mostLines = 20;

export function collectSourceFacts(): SourceFactsCollector {
  let before = snapshotOf(undefined);
  let malformedLines: BadLine[] = [];
  let tornTail: BadLine | undefined;
  return {
    onMalformed({ at, reason, detail, torn }) {
      const line = { line: at.line, reason, detail };
      if (malformedLines.length < mostLines) malformedLines.push(line);
      if (torn) tornTail = line;
    },
    factsOf(source, accounting) {
      const now = snapshotOf(accounting);
      const facts: SourceFacts = {
        file: source.name,
        bytes: now.bytes - before.bytes,
        lines: now.lines - before.lines,
        blank: now.blank - before.blank,
        records: now.records - before.records,
        noise: difference(now.noise, before.noise),
        malformed: difference(now.malformed, before.malformed),
        malformedLines,
        tornTail,
        complete: now.diagnostics === before.diagnostics && accounting.stopped === undefined,
      };
      before = now;
      malformedLines = [];
      tornTail = undefined;
      return facts;
    },
  };
}

interface Snapshot {
  readonly bytes: number;
  readonly lines: number;
  readonly blank: number;
  readonly records: number;
  readonly noise: ReadonlyMap<string, number>;
  readonly malformed: ReadonlyMap<string, number>;
  readonly diagnostics: number;
}

function snapshotOf(accounting: Accounting | undefined): Snapshot {
  return {
    bytes: accounting?.bytes ?? 0,
    lines: accounting?.lines ?? 0,
    blank: accounting?.blank ?? 0,
    records: accounting?.records ?? 0,
    noise: new Map(accounting?.noiseByKind),
    malformed: new Map(accounting?.malformedByReason),
    diagnostics: accounting?.diagnostics.length ?? 0,
  };
}

function difference(now: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(
    [...now].flatMap(([key, times]) => {
      const more = times - (before.get(key) ?? 0);
      return more > 0 ? [[key, more]] : [];
    }),
  );
}
