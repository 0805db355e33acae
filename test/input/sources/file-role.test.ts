import { describe, expect, it } from 'vitest';
import { fileRole } from '../../../src/input/sources/file-role.ts';

describe('fileRole', () => {
  it.each([
    'a.json',
    'a.ndjson',
    'a.jsonl',
    'a.log',
    'a.log.1',
    'audit.2026-01-02',
    'a.txt',
    'a.out',
    'a.gz',
    'a.json.gz',
    'A.JSON.ZST',
    'topic+3+0000000042.json',
    'topic+3+0000000042.bin.gz',
    'xaa',
    'dump',
    'keys.json',
    'a.keys.jsonx',
  ])('reads %s', (name) => {
    expect(fileRole(name)).toBe('dump');
  });

  it.each([
    't+0+0000000000.keys.json',
    't+0+0000000000.keys.json.gz',
    't.headers.json',
    't.headers.bin.gz',
    'T.HEADERS.JSON',
  ])('knows %s for keys or headers of Connect', (name) => {
    expect(fileRole(name)).toBe('connect-sibling');
  });

  it.each([
    'README',
    'README.md',
    'report.html',
    'out.csv',
    'out.csv.gz',
    'a.tar.gz',
    'a.tgz',
    'a.zip',
    'a.parquet',
    'rule.yml',
    'x.sha256',
    'SHA256SUMS',
    '_SUCCESS',
  ])('leaves out %s', (name) => {
    expect(fileRole(name)).toBe('other');
  });
});
