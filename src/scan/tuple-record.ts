import { isAbsent, stepsOf } from '../record/paths.ts';
import type { AuditRecord, JsonObject, Provenance, Reads } from '../record/record.ts';
import { compileSkeleton, type Group, parsedSlice, type Slice } from './projection.ts';

/** Makes records that have the values of a tuple and no others, from the texts of the group's fields. */
export function compileTupleRecord(group: Group): (slices: readonly Slice[]) => AuditRecord {
  const shape: TupleShape = { toValue: compileSkeleton(group), feeds: new Map(), group };
  return (slices) => new TupleRecord(shape, slices);
}

type Found = Readonly<Record<string, readonly unknown[]>>;
type Feed = (slices: readonly Slice[]) => Found;

interface TupleShape {
  readonly group: Group;
  readonly toValue: (slices: readonly Slice[]) => JsonObject;
  /** As they are asked for. */
  readonly feeds: Map<Reads, Feed>;
}

/** Columns read the texts themselves; the object is put together only for who looks into it. */
class TupleRecord implements AuditRecord {
  readonly raw = nothing;
  readonly at = nowhere;
  readonly #shape: TupleShape;
  readonly #slices: readonly Slice[];

  constructor(shape: TupleShape, slices: readonly Slice[]) {
    this.#shape = shape;
    this.#slices = slices;
  }

  get value(): JsonObject {
    return this.#shape.toValue(this.#slices);
  }

  found(reads: Reads): Found {
    const { feeds, group } = this.#shape;
    const known = feeds.get(reads);
    const feed = known ?? compileFeed(reads, group);
    if (known === undefined) feeds.set(reads, feed);
    return feed(this.#slices);
  }
}

const nothing = new Uint8Array(0);
const nowhere: Provenance = { file: '', line: 0 };

/**
 * What reads find in a tuple. Each value is parsed when it is asked for: often the first one settles it. Rows are of
 * records without other spellings of what is read, so there is one value for each read at most.
 */
function compileFeed(reads: Reads, group: Group): Feed {
  class Values {
    // Declared only: defining it takes as long as all the rest, and there is one of these for each cell worked out.
    declare readonly slices: readonly Slice[];

    constructor(slices: readonly Slice[]) {
      this.slices = slices;
    }
  }
  for (const [read, path] of Object.entries(reads)) {
    const key = JSON.stringify(stepsOf(path).map(([first = '']) => first));
    const place = group.findIndex((field) => JSON.stringify(field.path) === key);
    if (place < 0) throw new Error(`the group has no ${key}`);
    Object.defineProperty(Values.prototype, read, {
      get(this: Values) {
        return valuesOf(this.slices[place]);
      },
    });
  }
  // It has a getter for each read, and nobody asks for anything else.
  return (slices) => new Values(slices) as unknown as Found;
}

function valuesOf(slice: Slice): readonly unknown[] {
  if (slice === undefined) return none;
  const value = parsedSlice(slice);
  return isAbsent(value) ? none : [value];
}

const none: readonly unknown[] = [];
