import { type Random, weighted } from './random.ts';

/** The invented organization the records tell of. Every draw is one look-up in a table of weighted places. */
export interface World {
  readonly organization: string;
  readonly principals: readonly Principal[];
  readonly environments: readonly Environment[];
  readonly addresses: readonly string[];
  readonly hottest: { readonly principal: string; readonly environment: string; readonly network: string };
}

export interface Principal {
  readonly id: string;
  /** What Kafka calls the same principal. */
  readonly number: string;
  readonly isServiceAccount: boolean;
}

export interface Environment {
  readonly id: string;
  readonly region: string;
  readonly clusters: readonly string[];
  readonly registry: string;
  readonly pools: readonly string[];
  readonly topics: readonly string[];
  readonly workspaces: readonly string[];
  readonly connectors: readonly string[];
}

export function newWorld(random: Random): World {
  const principals = listOf(640, () => newPrincipal(random));
  const environments = listOf(34, () => newEnvironment(random));
  const networks = [networkV4(random), ...listOf(239, () => newNetwork(random))];
  const hottest = { principal: first(principals), environment: first(environments), network: first(networks) };
  return {
    organization: uuid(random),
    // Zipf's law with its head cut off: the first has 3 %, the last 0.03 %.
    principals: weighted(principals, (_, rank) => 1 / (rank + 7.5)),
    // A straight line down from 6 %: the first has 5 % of the records, as some name no environment.
    environments: weighted(environments, (_, rank) => environments.length - rank),
    addresses: weighted(
      networks.flatMap((network, rank) => network.hosts.map((host) => ({ host, weight: 1 / (rank + 8) }))),
      ({ weight }) => weight,
      1 << 16,
    ).map(({ host }) => host),
    hottest: {
      principal: hottest.principal.id,
      environment: hottest.environment.id,
      network: hottest.network.name,
    },
  };
}

export function uuid(random: Random): string {
  const tail = `${random.hex(4)}-${random.hex(12)}`;
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(4).slice(1)}-${tail}`;
}

const idLetters = '0123456789abcdefghjkmnpqrstvwxyz';

/** `u-3k9x2m` and the like: letters and digits as in the ids the service gives out. */
export function shortId(prefix: string, random: Random, length = 6): string {
  let text = prefix;
  for (let i = 0; i < length; i++) text += idLetters[random.below(idLetters.length)];
  return text;
}

function newPrincipal(random: Random): Principal {
  const isServiceAccount = random.below(10) < 3;
  const id = shortId(isServiceAccount ? 'sa-' : 'u-', random);
  return { id, number: String(100_000 + random.below(8_000_000)), isServiceAccount };
}

const regions = ['aws.us-east-1', 'aws.us-west-2', 'aws.eu-central-1', 'azure.westeurope', 'gcp.europe-west3'];
const domains = ['orders', 'payments', 'shipments', 'clicks', 'inventory', 'customers', 'fraud', 'telemetry'];
const stages = ['raw', 'clean', 'enriched', 'dlq', 'changelog', 'v2', 'eu', 'replay'];

function newEnvironment(random: Random): Environment {
  return {
    id: shortId('env-', random),
    region: random.pick(regions),
    clusters: listOf(1 + random.below(4), () => shortId('lkc-', random)),
    registry: shortId('lsrc-', random),
    pools: listOf(6, () => shortId('lfcp-', random)),
    topics: listOf(60, () => `${random.pick(domains)}.${random.pick(stages)}.${random.below(400)}`),
    workspaces: listOf(20, () => `workspace-2026-0${1 + random.below(3)}-${10 + random.below(18)}-${random.hex(8)}`),
    connectors: listOf(8, () => shortId('lcc-', random)),
  };
}

interface Network {
  /** In CIDR notation. */
  readonly name: string;
  readonly hosts: readonly string[];
}

/** From the ranges for shared address space and for documentation, so that nobody's address is meant. */
function newNetwork(random: Random): Network {
  return random.below(12) === 0 ? networkV6(random) : networkV4(random);
}

function networkV6(random: Random): Network {
  const prefix = `2001:db8:a${random.hex(4).slice(1)}`;
  return { name: `${prefix}::/48`, hosts: listOf(16, () => `${prefix}::b${random.hex(4).slice(1)}`) };
}

function networkV4(random: Random): Network {
  const prefix = `100.${64 + random.below(64)}.${random.below(256)}`;
  return { name: `${prefix}.0/24`, hosts: listOf(16, () => `${prefix}.${1 + random.below(254)}`) };
}

function listOf<T>(length: number, make: () => T): T[] {
  return Array.from({ length }, make);
}

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
