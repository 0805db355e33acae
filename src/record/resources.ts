import { type Crn, crnKey, crnType, isCrn, parseCrn, renderCrn, type Segment } from './crn.ts';
import { firstText, isObject, listCell, stepsWithin, valuesAt } from './paths.ts';
import { serviceOf } from './service.ts';

/** What an event touched: CRNs and the resources they name. record-shapes §11, §13.11, §13.12. */

export const crnReads = {
  resourceName: 'data.resourceName',
  subject: 'subject',
  cloudResources: 'data.cloudResources',
} as const;

export const resourceReads = {
  ...crnReads,
  type: 'type',
  method: 'data.methodName',
  checkType: 'data.authorizationInfo.resourceType',
  checkName: 'data.authorizationInfo.resourceName',
} as const;

export type CrnFound = Readonly<Record<keyof typeof crnReads, readonly unknown[]>>;

export type ResourceFound = Readonly<Record<keyof typeof resourceReads, readonly unknown[]>>;

/** `resourceName` when it names a resource, else `subject`; then each `cloudResources` entry; no repeats. */
export function touchedCrns(found: CrnFound): readonly string[] | undefined {
  return listCell(touched(found).map(({ text }) => text));
}

/** Every CRN of the record, including a `subject` that differs from `resourceName`. */
export function everyCrn(found: CrnFound): readonly string[] | undefined {
  const texts: string[] = [];
  someCrn(found, (text) => {
    texts.push(text);
    return false;
  });
  return listCell(texts);
}

/** Whether any of {@link everyCrn} passes; those behind the first that does are not looked for. */
export function someCrn(found: CrnFound, passes: (text: string) => boolean): boolean {
  const isPassing = (value: unknown): boolean => typeof value === 'string' && isCrn(value) && passes(value);
  return (
    found.resourceName.some(isPassing) ||
    found.subject.some(isPassing) ||
    cloudResourcePaths(found.cloudResources).some((path) => passes(renderCrn(path)))
  );
}

/** Type of the first resource in its one spelling. For Kafka and mds checks the check itself says it finer. */
export function firstResourceType(found: ResourceFound): string | undefined {
  const first = firstResource(found);
  return first === undefined || first.type === '' ? undefined : crnType(first.type);
}

export function firstResourceName(found: ResourceFound): string | undefined {
  return firstResource(found)?.name;
}

export function allResourceNames(found: ResourceFound): readonly string[] | undefined {
  return listCell(resources(found).map(({ name }) => name));
}

/** Each `cloudResources` entry as its path of segments, outermost first. Wrong types are skipped. */
export function cloudResourcePaths(cloudResources: readonly unknown[]): Segment[][] {
  const entries = cloudResources.flatMap((value) => (Array.isArray(value) ? value : [value]));
  return entries.map(pathOfEntry).filter((path) => path.length > 0);
}

/** `{type, resourceId}` objects as segments. */
export function segmentsOf(value: unknown): Segment[] {
  const members = Array.isArray(value) ? value : [value];
  return members.flatMap((member) => {
    if (!isObject(member)) return [];
    const type = firstText(valuesAt(member, typeStep));
    const name = firstText(valuesAt(member, resourceIdStep));
    return type === undefined || name === undefined ? [] : [{ type, name }];
  });
}

const typeStep = stepsWithin('type');
const resourceIdStep = stepsWithin('resourceId');
const scopeStep = stepsWithin('scope.resources');
const resourceStep = stepsWithin('resource');

function pathOfEntry(entry: unknown): Segment[] {
  if (!isObject(entry)) return [];
  const scope = valuesAt(entry, scopeStep).flatMap(segmentsOf);
  const resource = valuesAt(entry, resourceStep).flatMap(segmentsOf);
  return [...scope, ...resource.slice(0, 1)];
}

interface Touched {
  readonly text: string;
  readonly crn: Crn;
}

function touched(found: CrnFound): Touched[] {
  const named = firstNaming(found.resourceName) ?? firstNaming(found.subject);
  const entries = cloudResourcePaths(found.cloudResources).map((path) => toTouched(renderCrn(path)));
  const byKey = new Map<string, Touched>();
  for (const one of [named, ...entries]) {
    if (one === undefined) continue;
    const key = crnKey(one.crn);
    if (!byKey.has(key)) byKey.set(key, one);
  }
  return [...byKey.values()];
}

/** The first text that is a CRN with at least one segment: `crn://confluent.cloud/` names no resource. */
function firstNaming(values: readonly unknown[]): Touched | undefined {
  for (const value of values) {
    const one = typeof value === 'string' ? toTouched(value) : undefined;
    if (one !== undefined && one.crn.segments.length > 0) return one;
  }
  return undefined;
}

function toTouched(text: string): Touched | undefined {
  const crn = parseCrn(text);
  return crn && { text, crn };
}

function resources(found: ResourceFound): Segment[] {
  const last = touched(found).flatMap(({ crn }) => crn.segments.slice(-1));
  const checked = checkedResource(found);
  if (checked === undefined) return last;
  return isKafkaCheck(found) || last.length === 0 ? [checked, ...last] : last;
}

/** The first of all resources, without making the others. */
function firstResource(found: ResourceFound): Segment | undefined {
  const checked = checkedResource(found);
  if (checked !== undefined && isKafkaCheck(found)) return checked;
  const named = firstNaming(found.resourceName) ?? firstNaming(found.subject);
  if (named !== undefined) return named.crn.segments.at(-1);
  const [path] = cloudResourcePaths(found.cloudResources);
  return path === undefined ? checked : parseCrn(renderCrn(path))?.segments.at(-1);
}

function checkedResource({ checkType, checkName }: ResourceFound): Segment | undefined {
  const type = firstText(checkType);
  const name = firstText(checkName);
  if (type === undefined || name === undefined) return undefined;
  const crn = parseCrn(name)?.segments.at(-1);
  return { type, name: crn?.name ?? name };
}

function isKafkaCheck({ type, method }: ResourceFound): boolean {
  return serviceOf(firstText(type)) === 'kafka' || /^(kafka|mds)\./i.test(firstText(method) ?? '');
}
