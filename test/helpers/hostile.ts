import type { AuditRecord, JsonObject } from '../../src/record/record.ts';
import { recordOf } from './records.ts';

/** Texts that attackers put into names, or that plain code trips over. */
export const hostileTexts: readonly (readonly [name: string, text: string])[] = [
  ['terminal control', 'a\u001b[31mred\u001b[0m\u0007\u0008b'],
  ['a terminal title', '\u001b]0;owned\u0007'],
  ['C1 control', 'a\u009b31mb\u0085c'],
  ['line breaks and tabs', 'first\nsecond\r\nthird\tfourth\u2028fifth\u2029'],
  ['a forged row', 'x\n2026-01-01T00:00:00Z  u-admin  DeleteOrganization  SUCCESS'],
  ['bidi overrides', 'user\u202e\u2066gpj.exe\u2069\u202c\u061c\u200f'],
  ['hidden characters', 'or\u200bders\u200d\ufeff\u00ad\u2060\ufe0f\u{e0041}\u{e0100}'],
  ['a lone surrogate', 'a\ud800b\udc00'],
  ['noncharacters', 'a\uffffb\ufdd0\u{1fffe}'],
  ['NUL and DEL', 'a\u0000b\u007f'],
  ['a formula', '=cmd|"/C calc"!A0'],
  ['a formula behind a plus', '+1+1'],
  ['a formula behind a minus', '-2+3'],
  ['a formula behind an at sign', '@SUM(1,2)'],
  ['a formula in full-width signs', '＝1＋1'],
  ['a leading quote', '"a,b'],
  ['pipes and backslashes', 'a|b\\|c\\'],
  ['markup', '<script>alert(1)</script>&lt;'],
  ['Markdown', '[click](http://evil.example) **bold** `code` ![x](y) ~~z~~ www.evil.example'],
  ['East Asian text', '日本語のトピック名がここにあります'],
  ['emoji', '🦄👩‍👩‍👧‍👦🇦🇹❤️1️⃣👍🏽'],
  ['combining marks', `e\u0301a\u0308${'\u0301'.repeat(50)}z\u0300`],
  ['a mark without a letter', '\u0301x'],
  ['scripts with clusters', 'क्षि ก็ กำ 각 각'],
  ['blanks', ' a  b '],
  ['a JSON text', '{"a":[1,"two"]}'],
  ['an object key', '__proto__'],
  ['a long text', 'x'.repeat(5000)],
  ['a long CRN', `crn://confluent.cloud/organization=o/environment=env-1/topic=${'t'.repeat(300)}`],
];

/** A failed request in which every text a caller can choose is `text`; `marker` is in the method, so that it can be found again. */
export function hostileRecord(text: string, marker: string): AuditRecord {
  return recordOf(hostileValue(text, marker));
}

function hostileValue(text: string, marker: string): JsonObject {
  return {
    id: text,
    specversion: '1.0',
    source: text,
    subject: text,
    type: 'io.confluent.cloud/request',
    time: '2026-03-17T07:00:00.123456789Z',
    data: {
      methodName: `${marker}${text}`,
      resourceName: `crn://confluent.cloud/topic=${text}`,
      cloudResources: [{ resource: { type: 'TOPIC', resourceId: text } }],
      authenticationInfo: { principal: text, originalPrincipal: text, metadata: { identifier: text } },
      requestMetadata: { requestId: [text, `${text}2`], clientAddress: [{ ip: text }], clientId: text },
      result: { status: text, message: text },
    },
  };
}

/** Everything that must not reach a terminal, a table cell or a spreadsheet, line feeds apart. */
export const unsafeCharacter =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;
