import { type KnownFields, knownFields } from '../../record/known-fields.ts';
import type { AuditRecord, JsonObject } from '../../record/record.ts';
import { placeOf, type RecordPlace } from './records.ts';

/** A field that the published shape of a record does not have. */
export interface UnknownField {
  /** `data.request.newPart`; of lists the members count. */
  readonly path: string;
  readonly records: number;
  readonly first: RecordPlace;
}

export interface FieldDrift {
  /** Most records first. */
  readonly fields: readonly UnknownField[];
  /** Fields that were met when too many were known to tell more apart; counted once for each record. */
  readonly overflow: number;
}

export interface FieldCheck {
  /** `shape` is the same for records that have the same fields. */
  add(record: AuditRecord, shape: number): void;
  end(): FieldDrift;
}

interface Seen {
  records: number;
  readonly first: RecordPlace;
}

/** Records come in a few dozen shapes; where each has its own, more are not worth remembering. */
const mostShapes = 50_000;
const mostFields = 10_000;

/** Looks at the parsed record only where its shape is new. */
export function newFieldCheck(): FieldCheck {
  const fields = new Map<string, Seen>();
  const shapes = new Map<number, readonly Seen[]>();
  let overflow = 0;

  const unknownOf = (record: AuditRecord): readonly Seen[] => {
    const found: Seen[] = [];
    for (const path of unknownPaths(record.value)) {
      let seen = fields.get(path);
      if (seen === undefined && fields.size < mostFields) {
        seen = { records: 0, first: placeOf(record.at) };
        fields.set(path, seen);
      }
      if (seen === undefined) overflow++;
      else found.push(seen);
    }
    return found;
  };

  return {
    add(record, shape) {
      let unknown = shapes.get(shape);
      if (unknown === undefined) {
        unknown = unknownOf(record);
        if (shapes.size < mostShapes) shapes.set(shape, unknown);
      }
      for (const seen of unknown) seen.records++;
    },
    end: () => ({
      overflow,
      fields: [...fields]
        .map(([path, { records, first }]) => ({ path, records, first }))
        .sort((a, b) => b.records - a.records || (a.path < b.path ? -1 : 1)),
    }),
  };
}

/** Each once. What stands below an unknown field is not looked at, so that nothing recurses deeper than what is known. */
function unknownPaths(value: JsonObject): ReadonlySet<string> {
  const paths = new Set<string>();
  collect(value, knownFields, '', paths);
  return paths;
}

function collect(value: unknown, known: KnownFields | 'leaf', path: string, paths: Set<string>): void {
  if (Array.isArray(value)) {
    // Lists within lists are nowhere in the published shape.
    for (const member of value) if (!Array.isArray(member)) collect(member, known, path, paths);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const name = path === '' ? key : `${path}.${key}`;
    const below = known === 'leaf' ? undefined : knownAt(known, key, path === '');
    if (below === undefined) paths.add(name);
    else if (below !== 'any') collect(member, below, name, paths);
  }
}

/** Below `data` every key is also written in snake_case. */
function knownAt(known: KnownFields, key: string, isTop: boolean): KnownFields[string] | undefined {
  if (Object.hasOwn(known, key)) return known[key];
  if (isTop) return undefined;
  const camel = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.hasOwn(known, camel) ? known[camel] : undefined;
}
