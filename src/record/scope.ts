import { foldType, parseCrn, parseSegment, type Segment } from './crn.ts';
import { isObject, stepsWithin, valuesAt } from './paths.ts';
import { cloudResourcePaths, crnReads, segmentsOf } from './resources.ts';

/** Where in the organization an event happened. record-shapes §13.13. */

export const scopeReads = {
  ...crnReads,
  rbac: 'data.authorizationInfo.rbacAuthorization',
  source: 'source',
  identity: 'data.authenticationInfo.identity',
} as const;

export type ScopeFound = Readonly<Record<keyof typeof scopeReads, readonly unknown[]>>;

/** Segment types that hold each id, best first. A Flink region is not a cluster. */
const wantedTypes = {
  org: ['organization'],
  env: ['environment'],
  cluster: ['kafka', 'cloud-cluster', 'kafka-cluster', 'schema-registry', 'ksql'],
  region: ['flink-region'],
} as const;

export type ScopeName = keyof typeof wantedTypes;

/** The id, from the first place that names one. The identity comes last and only for the organization: it may be another one. */
export function scopeId(found: ScopeFound, name: ScopeName): string | undefined {
  for (const segments of places(found, name)) {
    for (const type of wantedTypes[name]) {
      const folded = foldType(type);
      const segment = segments.find((one) => one.name !== '' && foldType(one.type) === folded);
      if (segment !== undefined) return segment.name;
    }
  }
  return undefined;
}

function* places(found: ScopeFound, name: ScopeName): Iterable<readonly Segment[]> {
  yield* crnSegments(found.resourceName);
  yield* crnSegments(found.subject);
  yield* cloudResourcePaths(found.cloudResources);
  for (const rbac of found.rbac) yield rbacSegments(rbac);
  yield* crnSegments(found.source);
  if (name === 'org') yield* crnSegments(found.identity);
}

function crnSegments(values: readonly unknown[]): (readonly Segment[])[] {
  return values.flatMap((value) => {
    const crn = typeof value === 'string' ? parseCrn(value) : undefined;
    return crn === undefined ? [] : [crn.segments];
  });
}

const outerScopeStep = stepsWithin('scope.outerScope');
const clustersStep = stepsWithin('scope.clusters');
const cloudScopeStep = stepsWithin('cloudScope.resources');

/** Both families of role scopes: `outerScope: ["environment=env-1"]` with `clusters`, and `cloudScope.resources`. */
function rbacSegments(rbac: unknown): Segment[] {
  const outer = valuesAt(rbac, outerScopeStep).flatMap((value) => (Array.isArray(value) ? value : [value]));
  const clusters = valuesAt(rbac, clustersStep).flatMap((value) => (isObject(value) ? Object.entries(value) : []));
  return [
    ...outer.filter((text) => typeof text === 'string').map(parseSegment),
    ...clusters.flatMap(([type, id]) => (typeof id === 'string' ? [{ type, name: id }] : [])),
    ...valuesAt(rbac, cloudScopeStep).flatMap(segmentsOf),
  ];
}
