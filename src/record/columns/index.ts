import { accessType } from './access-type.ts';
import { clientId } from './client-id.ts';
import { cluster } from './cluster.ts';
import type { AnyColumn } from './column.ts';
import { connectionId } from './connection-id.ts';
import { correlationId } from './correlation-id.ts';
import { credential } from './credential.ts';
import { crn } from './crn.ts';
import { crnTexts } from './crn-texts.ts';
import { crns } from './crns.ts';
import { email } from './email.ts';
import { env } from './env.ts';
import { file } from './file.ts';
import { id } from './id.ts';
import { ip } from './ip.ts';
import { ips } from './ips.ts';
import { kafkaTime } from './kafka-time.ts';
import { kind } from './kind.ts';
import { line } from './line.ts';
import { message } from './message.ts';
import { method } from './method.ts';
import { methodNames } from './method-names.ts';
import { offset } from './offset.ts';
import { ok } from './ok.ts';
import { operation } from './operation.ts';
import { org } from './org.ts';
import { originalPrincipal } from './original-principal.ts';
import { partition } from './partition.ts';
import { principal } from './principal.ts';
import { principalKind } from './principal-kind.ts';
import { principalNames } from './principal-names.ts';
import { rawResult } from './raw-result.ts';
import { region } from './region.ts';
import { requestId } from './request-id.ts';
import { requestIds } from './request-ids.ts';
import { resource } from './resource.ts';
import { resourceType } from './resource-type.ts';
import { resources } from './resources.ts';
import { result } from './result.ts';
import { resultWords } from './result-words.ts';
import { service } from './service.ts';
import { source } from './source.ts';
import { strings } from './strings.ts';
import { time } from './time.ts';
import { type } from './type.ts';

/** The columns of the normalised view, in the order they are shown; then those that only filters use. */
const registry = [
  time,
  id,
  type,
  kind,
  service,
  method,
  accessType,
  result,
  rawResult,
  ok,
  message,
  principal,
  principalKind,
  email,
  originalPrincipal,
  credential,
  ip,
  ips,
  requestId,
  connectionId,
  clientId,
  crn,
  crns,
  resourceType,
  resource,
  resources,
  org,
  env,
  cluster,
  region,
  source,
  file,
  line,
  partition,
  offset,
  kafkaTime,
  methodNames,
  principalNames,
  resultWords,
  requestIds,
  correlationId,
  operation,
  crnTexts,
  strings,
] as const;

export const columns: readonly AnyColumn[] = registry;

export type ColumnName = (typeof registry)[number]['name'];

export type { AnyColumn, ColumnType, Reduction } from './column.ts';

export const listedColumns: readonly AnyColumn[] = columns.filter((column) => column.role === 'listed');

const byName: ReadonlyMap<string, AnyColumn> = new Map(columns.map((column) => [column.name, column]));

export function isColumnName(name: string): name is ColumnName {
  return byName.has(name);
}

export function columnNamed(name: ColumnName): AnyColumn {
  const column = byName.get(name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column;
}
