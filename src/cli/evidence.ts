import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Accounting } from '../engine/accounting.ts';
import type { MalformedLine } from '../input/malformed.ts';
import { cellText } from '../output/cell-text.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { utc } from '../record/zone.ts';
import { count } from './render.ts';

/** Collects the first few bad lines and conflicting duplicates by name; the rest are counted. */
export interface Evidence {
  onMalformed(line: MalformedLine): void;
  onDuplicate(record: AuditRecord, conflicting: boolean): void;
  end(accounting: Accounting): readonly Diagnostic[];
}

const shownOfEach = 5;
const excerptBytes = 60;

/** `saved`: all malformed lines go to a file, so there is no need to say how. */
export function collectEvidence({ saved }: { readonly saved: boolean }): Evidence {
  const malformed: Diagnostic[] = [];
  const conflicts: Diagnostic[] = [];
  return {
    onMalformed(line) {
      if (malformed.length < shownOfEach) malformed.push(malformedDiagnostic(line));
    },
    onDuplicate(record, conflicting) {
      if (conflicting && conflicts.length < shownOfEach) conflicts.push(conflictDiagnostic(record));
    },
    end: (accounting) => [
      ...malformed,
      ...andMore(
        accounting.malformed - malformed.length,
        'malformed line',
        saved ? undefined : 'all of them: --malformed-out FILE',
      ),
      ...conflicts,
      ...andMore(
        accounting.conflicting - conflicts.length,
        'conflicting duplicate',
        'without --dedupe all of them are shown',
      ),
      ...noRecords(accounting),
    ],
  };
}

const reasons: Readonly<Record<MalformedLine['reason'], string>> = {
  'not-json': 'not JSON',
  'not-an-audit-record': 'not an audit record',
  'too-long': 'line too long',
  torn: 'torn last line',
  'java-text': 'Java text, not JSON',
};

/** `dump.ndjson:4711: not JSON (unexpected end after 212 bytes): {"data":{"serv…` */
function malformedDiagnostic({ at, reason, detail, bytes }: MalformedLine): Diagnostic {
  const excerpt = new TextDecoder().decode(bytes.subarray(0, excerptBytes)).trim();
  const cut = bytes.byteLength > excerptBytes ? '…' : '';
  return {
    code: `malformed-${reason}`,
    severity: 'warning',
    message: `${reasons[reason]} (${detail}): ${excerpt}${cut}`,
    at,
  };
}

function conflictDiagnostic(record: AuditRecord): Diagnostic {
  const id = cellText(cellOf(record, 'id'), utc);
  return {
    code: 'conflicting-duplicate',
    severity: 'warning',
    message: `id ${id} was delivered before with other content; the first delivery is kept`,
    at: { file: record.at.file, line: record.at.line },
  };
}

function andMore(rest: number, noun: string, hint: string | undefined): Diagnostic[] {
  if (rest <= 0) return [];
  return [
    {
      code: `more-${noun.replaceAll(' ', '-')}s`,
      severity: 'warning',
      message: `and ${count(rest, `more ${noun}`)}`,
      ...(hint !== undefined && { hint }),
    },
  ];
}

/** A file of something else altogether is told apart from a dump in which nothing matched. */
function noRecords({ records, malformed, stopped }: Accounting): Diagnostic[] {
  if (records > 0 || malformed === 0 || stopped !== undefined) return [];
  return [
    {
      code: 'no-records',
      severity: 'warning',
      message:
        'no audit record in the input: expected a JSON object a line, with a text "type" or "specversion" and an object "data"',
      hint: 'see audit-cli help formats',
    },
  ];
}
