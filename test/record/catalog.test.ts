import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  aliasGroup,
  catalog,
  derivedAccess,
  entriesFor,
  methodPrefixes,
  withoutPrefix,
} from '../../src/record/catalog.ts';

const cloudRequest = 'io.confluent.cloud/request';

describe('methods.json', () => {
  const keys = ['method', 'eventType', 'category', 'resourceType', 'description', 'accessType', 'aliases', 'evidence'];

  it('holds the date of its facts and well-formed entries', () => {
    expect(catalog.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const entry of catalog.methods) {
      expect(Object.keys(entry), entry.method).toEqual(keys);
      expect(entry.eventType, entry.method).toMatch(/^io\.confluent\.[a-z.]+\/[a-z-]+$/);
      expect(entry.description, entry.method).toMatch(/^[A-Z].{8,110}[^.]$/);
      expect(['READ_ONLY', 'MODIFICATION', null], entry.method).toContain(entry.accessType);
      expect(['seed', 'docs', 'public-report', 'inferred'], entry.method).toContain(entry.evidence);
      expect(new Set(entry.aliases).size, entry.method).toBe(entry.aliases.length);
      expect(entry.aliases, entry.method).not.toContain(entry.method);
    }
  });

  it('is sorted by method, then event type, without a repeated pair', () => {
    const pairs = catalog.methods.map((entry) => `${entry.method}\n${entry.eventType}`);

    expect(pairs).toEqual([...new Set(pairs)].sort());
  });

  it('has one entry per line, so that a change of one method is a change of one line', () => {
    const lines = readFileSync(new URL('../../src/record/methods.json', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');

    expect(lines.filter((line) => line.includes('"method"'))).toHaveLength(catalog.methods.length);
    expect(lines).toHaveLength(catalog.methods.length + 5);
  });

  it('knows no access type for sign-ins and permission checks', () => {
    const wrong = catalog.methods.filter((e) => /\/(authentication|authorization)$/.test(e.eventType) && e.accessType);

    expect(wrong).toEqual([]);
  });

  it('calls no reading method a modification', () => {
    const reading = /^(?:[a-z-]+\.|Tableflow)?(?:Get|List|Load|Search|LookUp|Describe|Fetch)(?![a-z])/;
    const requests = catalog.methods.filter((e) => e.eventType.endsWith('/request') && reading.test(e.method));

    expect(requests.length).toBeGreaterThan(50);
    expect(requests.filter((entry) => entry.accessType !== 'READ_ONLY')).toEqual([]);
  });

  it('gives the same spellings to both entries of a method', () => {
    for (const entry of catalog.methods) {
      for (const twin of catalog.methods) {
        if (twin.method === entry.method) expect(twin.aliases, entry.method).toEqual(entry.aliases);
      }
    }
  });

  it('uses no name for two different methods, not even after taking prefixes off an alias', () => {
    const owners = new Map<string, string>();
    for (const entry of catalog.methods) {
      for (const spelling of [entry.method, ...entry.aliases]) {
        const owner = owners.get(spelling.toLowerCase()) ?? entry.method;
        expect(owner, spelling).toBe(entry.method);
        owners.set(spelling.toLowerCase(), owner);
      }
    }
    const rests = new Map<string, Set<string>>();
    for (const { method } of catalog.methods) {
      const rest = withoutPrefix(method)?.toLowerCase();
      if (rest !== undefined) rests.set(rest, (rests.get(rest) ?? new Set()).add(method));
    }
    for (const { method, aliases } of catalog.methods) {
      for (const alias of aliases) {
        const others = [...(rests.get(alias.toLowerCase()) ?? [])].filter((other) => other !== method);
        expect(others, alias).toEqual([]);
      }
    }
  });

  it.each([
    'CreateWorkspace DeleteWorkspace GetWorkspace ListWorkspaces ListWorkspace UpdateWorkspace',
    'CreateStatement DeleteStatement GetStatement ListStatements',
    'ip-filter.Authorize',
  ])('knows the methods of the example records: %s', (names) => {
    for (const name of names.split(' ')) {
      expect(
        entriesFor(name).map((entry) => entry.evidence),
        name,
      ).toEqual(['seed']);
    }
  });
});

describe('withoutPrefix', () => {
  it.each([
    ['kafka.CreateTopics', 'CreateTopics'],
    ['KAFKA.CreateTopics', 'CreateTopics'],
    ['schema-registry.RegisterSchema', 'RegisterSchema'],
    ['flink.Authenticate', 'Authenticate'],
    ['ksql.Authorize', 'Authorize'],
    ['mds.Authorize', 'Authorize'],
    ['ip-filter.Authorize', 'Authorize'],
    ['private-link-policy.Authorize', 'Authorize'],
    ['TableflowListTables', 'ListTables'],
    ['tableflowListTables', 'ListTables'],
  ])('%s is %s', (method, rest) => {
    expect(withoutPrefix(method)).toBe(rest);
  });

  it.each(['CreateTopics', 'Tableflow', 'Tableflowing', 'tableflowlist', 'kafka.', 'kafka', 'mcp.tools/call', ''])(
    'there is no known prefix in "%s"',
    (method) => {
      expect(withoutPrefix(method)).toBeUndefined();
    },
  );

  it('finds every prefix of the list', () => {
    for (const prefix of methodPrefixes) expect(withoutPrefix(`${prefix}Authorize`), prefix).toBe('Authorize');
  });
});

describe('aliasGroup', () => {
  it.each([
    ['ListWorkspaces', ['ListWorkspaces', 'ListWorkspace']],
    ['ListWorkspace', ['ListWorkspaces', 'ListWorkspace']],
    ['listworkspace', ['ListWorkspaces', 'ListWorkspace']],
    ['TableflowListNamespaces', ['ListNamespaces', 'TableflowListNamespaces']],
    ['LoadNamespaces', ['LoadNamespace', 'LoadNamespaces']],
    ['UnbindAllRolesForPrincipal', ['UnBindAllRolesForPrincipal', 'UnbindAllRolesForPrincipal']],
    ['RegisterSchema', ['schema-registry.RegisterSchema', 'RegisterSchema']],
    ['schema-registry.GetSubjects', ['schema-registry.GetSubjects', 'GetSubjects']],
    ['LookUpSchemaUnderSubject', ['schema-registry.LookUpSchemaUnderSubject', 'LookUpSchemaUnderSubject']],
    ['SearchCatalogUsingAttributes', ['schema-registry.SearchCatalogUsingAttributes', 'SearchCatalogUsingAttributes']],
    ['GetSchemaRegistryClusters', ['ListSchemaRegistryClusters', 'GetSchemaRegistryClusters']],
    ['CreateApiKey', ['CreateAPIKey', 'CreateApiKey']],
    ['CreateIPFilter', ['CreateIpFilter', 'CreateIPFilter']],
    ['PatchWorkspace', ['UpdateWorkspace', 'PatchWorkspace']],
    ['ListIdentityPools', ['ListIdentityPool', 'ListIdentityPools']],
    ['CreateTransitGatewayAttachment', ['CreateTransitGateway', 'CreateTransitGatewayAttachment']],
    ['kafka.Authentication', ['kafka.Authentication']],
    ['io.confluent.context.engine/authorization', ['io.confluent.context.engine/authorization']],
    ['mcp.tools/call', ['mcp.tools/call']],
  ])('of %s', (name, group) => {
    expect(aliasGroup(name)).toEqual(group);
  });

  it.each(['Authentication', 'Authorize', 'NoSuchMethod', '', '__proto__', 'constructor'])(
    'is empty for "%s": no catalogue name',
    (name) => {
      expect(aliasGroup(name)).toEqual([]);
    },
  );
});

describe('entriesFor', () => {
  const found = (name: string, eventType?: string) =>
    entriesFor(name, eventType).map((entry) => `${entry.method} ${entry.eventType.replace('io.confluent.', '')}`);

  it.each([
    ['ListWorkspace', ['ListWorkspaces cloud/request']],
    ['createapikey', ['CreateAPIKey cloud/request']],
    [
      'kafka.CreateTopics',
      ['kafka.CreateTopics kafka.server/authorization', 'kafka.CreateTopics kafka.server/request'],
    ],
    ['deletetopics', ['kafka.DeleteTopics kafka.server/authorization', 'kafka.DeleteTopics kafka.server/request']],
    [
      'Authentication',
      ['kafka.Authentication kafka.server/authentication', 'schema-registry.Authentication sg.server/authentication'],
    ],
    ['ListTables', ['ListTables cloud/request', 'TableflowListTables cloud/request']],
    ['TableflowListTables', ['TableflowListTables cloud/request']],
    ['TableflowLoadTable', ['LoadTable cloud/request']],
    ['TableflowCreateWorkspace', []],
    ['kafka.CreateWorkspace', []],
    ['schema-registry.Authenticate', []],
    ['nope', []],
  ])('of %s', (name, expected) => {
    expect(found(name)).toEqual(expected);
  });

  it('puts the recorded name first', () => {
    expect(found('ListTables')[0]).toBe('ListTables cloud/request');
    expect(found('ip-filter.Authorize')[0]).toBe('ip-filter.Authorize cloud/authorization');
  });

  it('keeps to one event type when asked', () => {
    expect(found('CreateTopics', 'io.confluent.kafka.server/request')).toEqual([
      'kafka.CreateTopics kafka.server/request',
    ]);
    expect(found('kafka.Fetch', 'io.confluent.kafka.server/authorization')).toEqual([]);
  });
});

describe('derivedAccess', () => {
  it.each([
    ['GetStatement', cloudRequest, 'READ_ONLY'],
    ['ListAnythingNew', cloudRequest, 'READ_ONLY'],
    ['LoadTable', cloudRequest, 'READ_ONLY'],
    ['SearchCatalogUsingAttributes', cloudRequest, 'READ_ONLY'],
    ['LookUpSchemaUnderSubject', 'io.confluent.sg.server/request', 'READ_ONLY'],
    ['schema-registry.LookUpSchemaUnderSubject', 'io.confluent.sg.server/request', 'READ_ONLY'],
    ['DescribeSomething', cloudRequest, 'READ_ONLY'],
    ['kafka.Fetch', 'io.confluent.kafka.server/request', 'READ_ONLY'],
    ['TableflowGetTable', cloudRequest, 'READ_ONLY'],
    ['kafka.ShareFetch', 'io.confluent.kafka.server/request', 'READ_ONLY'],
    ['TableflowCatalogConfig', cloudRequest, 'READ_ONLY'],
    ['kafka.Produce', 'io.confluent.kafka.server/request', 'MODIFICATION'],
    ['schema-registry.PartialEntityUpdate', 'io.confluent.sg.server/request', 'MODIFICATION'],
    ['DeleteStatement', cloudRequest, 'MODIFICATION'],
    ['RevokeSomethingNew', cloudRequest, 'MODIFICATION'],
    ['UnBindSomethingNew', cloudRequest, 'MODIFICATION'],
    ['kafka.AlterSomethingNew', 'io.confluent.kafka.server/request', 'MODIFICATION'],
    ['CreateStatement', undefined, 'MODIFICATION'],
    ['SignIn', cloudRequest, undefined],
    ['Getaway', cloudRequest, undefined],
    ['Settle', cloudRequest, undefined],
    ['mcp.tools/call', 'io.confluent.context.engine/request', undefined],
    ['confluent.privileged.access', 'io.confluent.cloud/access-transparency', undefined],
    ['', cloudRequest, undefined],
    ['kafka.CreateTopics', 'io.confluent.kafka.server/authorization', undefined],
    ['mds.Authorize', 'io.confluent.kafka.server/authorization', undefined],
    ['kafka.Authentication', 'io.confluent.kafka.server/authentication', undefined],
  ] as const)('of %s under %s is %s', (method, eventType, access) => {
    expect(derivedAccess(method, eventType)).toBe(access);
  });
});
