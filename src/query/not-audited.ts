import { catalog } from '../record/catalog.ts';
import type { ColumnName } from '../record/columns/index.ts';
import type { AuditRecord, JsonObject } from '../record/record.ts';
import { allOf, match } from './combine.ts';
import type { Expr, Operand } from './expr.ts';
import { compilePredicate, type Predicate } from './predicate.ts';

/** A kind of event that Confluent Cloud writes no record of, whatever happens. */
export interface NotAudited {
  /** As the end of "Confluent Cloud does not audit …". */
  readonly what: string;
  /** What there is to look at instead. */
  readonly instead: string;
  /** By these names people ask for it; with the event type, where other types of that method are audited. */
  readonly methods: readonly string[];
  readonly eventType: string;
}

const authorization = 'io.confluent.kafka.server/authorization';
const request = 'io.confluent.kafka.server/request';

/** What the audit log does not contain: use-cases §0.3, record-shapes §3 ("no authorization record"). */
const kinds: readonly NotAudited[] = [
  {
    what: 'what consumer groups do (joining, heartbeats, committed offsets), allowed or denied',
    instead: 'kafka.Fetch, once per connection; kafka.DeleteGroups and kafka.OffsetDelete',
    eventType: request,
    methods: [
      'kafka.JoinGroup',
      'kafka.SyncGroup',
      'kafka.LeaveGroup',
      'kafka.Heartbeat',
      'kafka.ConsumerGroupHeartbeat',
      'kafka.ShareGroupHeartbeat',
      'kafka.OffsetCommit',
      'kafka.OffsetFetch',
      'kafka.TxnOffsetCommit',
      'kafka.AddOffsetsToTxn',
      'kafka.FindCoordinator',
    ],
  },
  {
    what: 'looking up and describing topics, groups and clusters, allowed or denied',
    instead: 'kafka.Fetch and kafka.Produce, once per connection; role checks in mds.Authorize; changes',
    eventType: request,
    methods: [
      'kafka.DescribeTopics',
      'kafka.DescribeTopicPartitions',
      'kafka.DescribeGroups',
      'kafka.ConsumerGroupDescribe',
      'kafka.DescribeConfigs',
      'kafka.DescribeAcls',
      'kafka.DescribeCluster',
      'kafka.DescribeLogDirs',
      'kafka.DescribeProducers',
      'kafka.Metadata',
      'kafka.ListTopics',
      'kafka.ListGroups',
      'kafka.ListConsumerGroups',
      'kafka.ListOffsets',
      'kafka.OffsetForLeaderEpoch',
      'kafka.ApiVersions',
    ],
  },
  {
    what: 'single messages or what is in them',
    instead: 'kafka.Fetch and kafka.Produce, once per connection',
    eventType: request,
    methods: ['kafka.Consume', 'kafka.ConsumeMessages', 'kafka.ReadMessages', 'kafka.GetMessages', 'kafka.Poll'],
  },
  {
    what: 'the permission checks of kafka.Fetch and kafka.Produce',
    instead: 'their requests: --type request, and --failed for those that were refused',
    eventType: authorization,
    methods: ['kafka.Fetch', 'kafka.Produce', 'kafka.ShareFetch'],
  },
];

export interface Unaudited {
  readonly kinds: readonly NotAudited[];
  /** Whether the question asks for nothing else. */
  readonly isAll: boolean;
}

/** Whether a question asks for methods that are never audited; undefined when it does not. */
export function notAudited(expr: Expr): Unaudited | undefined {
  const parts = (expr.kind === 'and' ? expr.of : [expr]).filter((part) => columnsOf(part)?.every(isAboutKind));
  const asked = parts.find((part) => part.kind !== 'not' && columnsOf(part)?.every(isMethod));
  if (asked === undefined) return undefined;
  const others = parts.filter((part) => part !== asked);
  const found = alternatives(asked).map((one) => kindAsked(compilePredicate(allOf([one, ...others]))));
  const unaudited = [...new Set(found.filter((kind) => kind !== undefined))];
  return unaudited.length === 0 ? undefined : { kinds: unaudited, isAll: !found.includes(undefined) };
}

/** A question that a method of the catalogue answers too just found none. */
function kindAsked(asks: Predicate): NotAudited | undefined {
  const isAsked = (method: string, eventType: string): boolean =>
    outcomesOf(eventType).some((outcome) => asks(recordOf(method, eventType, outcome)));
  if (catalog.methods.some(({ method, eventType }) => isAsked(method, eventType))) return undefined;
  return kinds.find(({ methods, eventType }) => methods.some((method) => isAsked(method, eventType)));
}

/** Checks are allowed or denied, everything else succeeds or fails. */
function outcomesOf(eventType: string): readonly JsonObject[] {
  if (eventType.endsWith('/authorization')) return [true, false].map((granted) => ({ authorizationInfo: { granted } }));
  return ['SUCCESS', 'FAILURE'].map((status) => ({ result: { status } }));
}

function recordOf(methodName: string, type: string, outcome: JsonObject): AuditRecord {
  return { raw: noBytes, at: { file: '', line: 0 }, value: { type, data: { methodName, ...outcome } } };
}

const noBytes = new Uint8Array(0);

function isMethod(name: ColumnName): boolean {
  return name === 'method' || name === 'methodNames';
}

function isAboutKind(name: ColumnName): boolean {
  return aboutKind.has(name);
}

const aboutKind: ReadonlySet<ColumnName> = new Set<ColumnName>([
  ...(['method', 'methodNames', 'type', 'kind', 'service'] as const),
  ...(['result', 'resultWords', 'ok'] as const),
]);

/** Every column it looks at; undefined when it looks at raw paths too, or at nothing. */
function columnsOf(expr: Expr): readonly ColumnName[] | undefined {
  switch (expr.kind) {
    case 'all':
      return undefined;
    case 'not':
      return columnsOf(expr.of);
    case 'and':
    case 'or': {
      const lists = expr.of.map(columnsOf);
      return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
    }
    case 'match': {
      const { test } = expr;
      const to = test.kind === 'compare' && (test.to.kind === 'column' || test.to.kind === 'path') ? [test.to] : [];
      const names = [expr.on, ...to].map(nameOf);
      return names.every((name) => name !== undefined) ? names : undefined;
    }
  }
}

function nameOf(operand: Operand): ColumnName | undefined {
  return operand.kind === 'column' ? operand.name : undefined;
}

/** What is asked for, one by one: `-m JoinGroup,DeleteTopics` asks for something that is audited, too. */
function alternatives(expr: Expr): readonly Expr[] {
  if (expr.kind === 'or') return expr.of.flatMap(alternatives);
  if (expr.kind !== 'match' || expr.test.kind !== 'among') return [expr];
  const { on, test } = expr;
  return [...test.values].map((value) => match(on, { ...test, values: new Set([value]) }));
}
