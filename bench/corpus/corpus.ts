import { type HardRule, hardRules } from './hard.ts';
import { LineWriter } from './line-writer.ts';
import { type MalformedRule, malformedRules } from './malformed.ts';
import { type Profile, profiles } from './profiles.ts';
import { type Random, seededRandom, weighted } from './random.ts';
import type { Shape } from './shapes.ts';
import { type Scene, type Slots, slotsOf } from './slots.ts';
import { type Spelling, type Template, templateOf } from './template.ts';
import { newWorld, type World } from './world.ts';

/** Invented audit logs of any size: the same options give the same bytes on every runtime. */
export interface CorpusOptions {
  readonly profile?: Profile;
  readonly spelling?: Spelling;
  readonly seed?: number;
  /** Share of records that are valid and awkward; 0 to 1. */
  readonly hard?: number;
  /** Share of lines that are no record; 0 to 1. */
  readonly malformed?: number;
  /** How much: the first line that reaches the limit is the last one. */
  readonly size: { readonly bytes: number } | { readonly lines: number };
}

export const profileNames = Object.keys(profiles) as Profile[];
export const spellingNames: readonly Spelling[] = ['compact', 'spaced', 'shuffled'];

/** What to ask of a corpus, each with the share of records it finds in the profile `mixed`. */
export interface CorpusFacts {
  /** 0.1 %, exactly one of every thousand records. */
  readonly rareMethod: string;
  /** 3 % */
  readonly principal: string;
  /** 5 %, an environment. */
  readonly crnPrefix: string;
  /** 1 % */
  readonly since: string;
  readonly until: string;
  /** 3 %, an IPv4 network of 24 bits. */
  readonly network: string;
  /** Two parts of the week, each as long as the other: from and until. */
  readonly halves: readonly [readonly [string, string], readonly [string, string]];
}

export interface CorpusLine {
  /** Without its newline; yours. */
  readonly bytes: Buffer;
  readonly kind: LineKind;
  /** The rule that made it hard or malformed. */
  readonly rule: string | undefined;
}

export type LineKind = 'plain' | 'hard' | 'malformed' | 'blank';

const weekStart = Date.UTC(2026, 2, 16) / 1000;
const weekSeconds = 7 * 86_400;

export function corpusFacts({ seed = 1 }: Pick<CorpusOptions, 'seed'>): CorpusFacts {
  const world = newWorld(seededRandom(seed));
  return {
    rareMethod: 'DeleteStatement',
    principal: world.hottest.principal,
    crnPrefix: `crn://confluent.cloud/organization=${world.organization}/environment=${world.hottest.environment}`,
    since: '2026-03-19T09:00:00Z',
    until: '2026-03-19T10:40:00Z',
    network: world.hottest.network,
    halves: [
      ['2026-03-16T00:00:00Z', '2026-03-19T12:00:00Z'],
      ['2026-03-19T12:00:00Z', '2026-03-23T00:00:00Z'],
    ],
  };
}

/** Blocks of whole lines, each line ended by a newline. A block is yours. */
export function* corpusBlocks(options: CorpusOptions): Generator<Buffer> {
  const out = new LineWriter(blockBytes + 65_536);
  for (const _ of writtenLines(options, out)) {
    if (out.length >= blockBytes) yield out.take();
  }
  if (out.length > 0) yield out.take();
}

const blockBytes = 1 << 22;

export function* corpusLines(options: CorpusOptions): Generator<CorpusLine> {
  const out = new LineWriter(65_536);
  for (const { kind, rule } of writtenLines(options, out)) {
    const bytes = Buffer.from(out.textFrom(0), 'latin1').subarray(0, -1);
    out.cutTo(0);
    yield { bytes, kind, rule };
  }
}

/** Puts a line with its newline into `out` for each step. */
function* writtenLines(options: CorpusOptions, out: LineWriter): Generator<Pick<CorpusLine, 'kind' | 'rule'>> {
  const { profile = 'mixed', spelling = 'compact', seed = 1, hard = 0, malformed = 0, size } = options;
  const random = seededRandom(seed);
  const world = newWorld(random);
  const writeRecord = recordWriter({ shapes: profiles[profile], spelling, world, random });
  const hardPerMillion = Math.round(hard * 1_000_000);
  const malformedPerMillion = Math.round(malformed * 1_000_000);
  const limit = 'bytes' in size ? size.bytes : size.lines;

  for (let done = 0; done < limit; ) {
    const start = out.length;
    writeRecord(out, done / limit);
    const made = remade(out, start, {
      malformed: random.perMillion(malformedPerMillion) ? random.pick(malformedRules) : undefined,
      hard: random.perMillion(hardPerMillion) ? random.pick(hardRules) : undefined,
      random,
    });
    out.putText('\n');
    done += 'bytes' in size ? out.length - start : 1;
    yield made;
  }
}

interface Rules {
  readonly malformed: MalformedRule | undefined;
  readonly hard: HardRule | undefined;
  readonly random: Random;
}

const plainLine = { kind: 'plain', rule: undefined } as const;

/** Puts what the rules make of the line at the end of `out` in its place. */
function remade(out: LineWriter, start: number, rules: Rules): Pick<CorpusLine, 'kind' | 'rule'> {
  const { malformed, hard, random } = rules;
  const rule = malformed ?? hard;
  if (rule === undefined) return plainLine;
  const text = rule.apply(out.textFrom(start), random);
  out.cutTo(start);
  out.putText(text);
  if (malformed === undefined) return { kind: 'hard', rule: rule.name };
  return { kind: malformed.isBlank === true ? 'blank' : 'malformed', rule: rule.name };
}

interface Writing {
  readonly shapes: readonly Shape[];
  readonly spelling: Spelling;
  readonly world: World;
  readonly random: Random;
}

/** Writes one record a call; `progress`, from 0 to 1, is how much of the week has passed. */
function recordWriter({ shapes, spelling, world, random }: Writing): (out: LineWriter, progress: number) => void {
  const slots = slotsOf(world, random);
  const isRare = ({ perMille }: Shape): boolean => perMille === 1;
  const writers = new Map(shapes.map((shape) => [shape, variantsOf(shape, spelling)]));
  const common = weighted(
    shapes.filter((shape) => !isRare(shape)),
    ({ perMille }) => perMille,
  );
  const rare = shapes.filter(isRare);
  let schedule: (Shape | undefined)[] = [];

  return (out, progress) => {
    // Rare shapes have a fixed number of places in every thousand records; chance alone would give them 5 % more or less.
    if (schedule.length === 0) schedule = withPlacesFor(rare, random);
    const shape = schedule.pop() ?? random.pick(common);
    const isFailure = random.perMillion(shape.failuresPerMillion);
    const scene = newScene(world, random, progress);
    const template = writers.get(shape)?.[(isFailure ? 2 : 0) + (scene.principal.isServiceAccount ? 1 : 0)];
    if (template === undefined) throw new Error(`no template for ${shape.method}`);
    template.write(out, valuesOf(template, slots, scene), random);
  };
}

/** By outcome, then by kind of principal. */
function variantsOf(shape: Shape, spelling: Spelling): Template[] {
  return [false, true].flatMap((isFailure) =>
    [false, true].map((isServiceAccount) => templateOf(shape.record({ isFailure, isServiceAccount }), spelling)),
  );
}

function withPlacesFor(rare: readonly Shape[], random: Random): (Shape | undefined)[] {
  const places: (Shape | undefined)[] = Array.from({ length: 1000 });
  for (const shape of rare) {
    let place = random.below(1000);
    while (places[place] !== undefined) place = random.below(1000);
    places[place] = shape;
  }
  return places;
}

function newScene(world: World, random: Random, progress: number): Scene {
  const environment = random.pick(world.environments);
  // Records of many partitions arrive up to a few seconds out of order.
  const second = weekStart + Math.floor(progress * weekSeconds) + random.below(4);
  return { principal: random.pick(world.principals), environment, cluster: random.pick(environment.clusters), second };
}

function valuesOf(template: Template, slots: Slots, scene: Scene): string[] {
  return template.slots.map((name) => {
    const fill = slots[name];
    if (fill === undefined) throw new Error(`no slot ${name}`);
    return fill(scene);
  });
}
