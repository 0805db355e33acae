import { access } from './access.ts';
import { cluster } from './cluster.ts';
import { credential } from './credential.ts';
import { crn } from './crn.ts';
import { days } from './days.ts';
import { env } from './env.ts';
import type { Filter } from './filter.ts';
import { hours } from './hours.ts';
import { id } from './id.ts';
import { ip } from './ip.ts';
import { method } from './method.ts';
import { org } from './org.ts';
import { outsideHours } from './outside-hours.ts';
import { principal } from './principal.ts';
import { principalKind } from './principal-kind.ts';
import { region } from './region.ts';
import { requestId } from './request-id.ts';
import { resource } from './resource.ts';
import { failed, ok, result } from './result.ts';
import { service } from './service.ts';
import { since } from './since.ts';
import { text } from './text.ts';
import { type } from './type.ts';
import { until } from './until.ts';
import { where } from './where.ts';

/** Every filter flag, in the order of help: by group, most used first. */
export const filters: readonly Filter[] = [
  method,
  type,
  access,
  resource,
  crn,
  service,
  id,
  requestId,
  principal,
  principalKind,
  credential,
  ip,
  env,
  cluster,
  org,
  region,
  since,
  until,
  hours,
  days,
  outsideHours,
  result,
  ok,
  failed,
  text,
  where,
];

const byName: ReadonlyMap<string, Filter> = new Map(filters.map((filter) => [filter.name, filter]));

/** The filter with that long flag (no dashes, no alias). */
export function filterNamed(name: string): Filter {
  const filter = byName.get(name);
  if (filter === undefined) throw new Error(`no filter ${name}`);
  return filter;
}
