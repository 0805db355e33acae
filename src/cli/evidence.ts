import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Accounting } from '../engine/accounting.ts';
import type { MalformedLine } from '../input/reader.ts';
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

export function collectEvidence(): Evidence {
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
      ...andMore(accounting.malformed - malformed.length, 'malformed line', 'all of them: --malformed-out FILE'),
      ...conflicts,
      ...andMore(
        accounting.conflicting - conflicts.length,
        'conflicting duplicate',
        'without --dedupe all of them are shown',
      ),
    ],
  };
}

const reasons: Readonly<Record<MalformedLine['reason'], string>> = {
  'not-json': 'not JSON',
  'not-an-audit-record': 'not an audit record',
  'too-long': 'line too long',
  torn: 'torn last line',
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

function andMore(rest: number, noun: string, hint: string): Diagnostic[] {
  if (rest <= 0) return [];
  return [
    {
      code: `more-${noun.replaceAll(' ', '-')}s`,
      severity: 'warning',
      message: `and ${count(rest, `more ${noun}`)}`,
      hint,
    },
  ];
}
