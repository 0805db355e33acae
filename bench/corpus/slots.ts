import type { Random } from './random.ts';
import { sqlTexts } from './sql.ts';
import { type Environment, type Principal, shortId, uuid, type World } from './world.ts';

/** What one record is about; its slots agree with each other because all are filled from here. */
export interface Scene {
  readonly principal: Principal;
  readonly environment: Environment;
  readonly cluster: string;
  /** Seconds since 1970. */
  readonly second: number;
}

export type Slots = Readonly<Record<string, (scene: Scene) => string>>;

export function slotsOf(world: World, random: Random): Slots {
  const statements = sqlTexts(random);
  const keys = Array.from({ length: 900 }, () => shortId('', random, 16).toUpperCase());
  const digits = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));
  const isoSecond = lastSecondKept();
  return {
    org: () => world.organization,
    env: ({ environment }) => environment.id,
    region: ({ environment }) => environment.region,
    cluster: ({ cluster }) => cluster,
    topic: ({ environment }) => random.pick(environment.topics),
    workspace: ({ environment }) => random.pick(environment.workspaces),
    pool: ({ environment }) => random.pick(environment.pools),
    statement: () => `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}`,
    sql: () => random.pick(statements),
    who: ({ principal }) => principal.id,
    number: ({ principal }) => principal.number,
    key: () => random.pick(keys),
    ip: () => random.pick(world.addresses),
    id: () => uuid(random),
    requestId: () => random.hex(32),
    connection: () => random.hex(16),
    nanoTime: ({ second }) =>
      `${isoSecond(second)}.${random.pick(digits)}${random.pick(digits)}${random.pick(digits)}Z`,
    milliTime: ({ second }) => `${isoSecond(second)}.${random.pick(digits)}Z`,
  };
}

/** Neighbouring records share their second or are a few apart. */
function lastSecondKept(): (second: number) => string {
  const kept = new Map<number, string>();
  return (second) => {
    const known = kept.get(second);
    if (known !== undefined) return known;
    if (kept.size > 64) kept.clear();
    const text = new Date(second * 1000).toISOString().slice(0, 19);
    kept.set(second, text);
    return text;
  };
}
