import { angleGrinder } from './angle-grinder.mjs';
import { clickhouse, clickhousePrefiltered } from './clickhouse.mjs';
import { duckdb, duckdbPrefiltered } from './duckdb.mjs';
import { gojq } from './gojq.mjs';
import { jaq } from './jaq.mjs';
import { jq } from './jq.mjs';
import { ndjson, readlineJsonParse } from './json-parse.mjs';
import { lnav } from './lnav.mjs';
import { miller } from './miller.mjs';
import { pigz } from './pigz.mjs';
import { ripgrepJaq, ripgrepJq } from './ripgrep-jq.mjs';
import { superDb } from './super.mjs';

/**
 * A peer says how to be set up (ways to try in order), how to tell its version, and for each work it can do the command:
 * `works[id]({ file, facts })` gives a shell `script` that finds the dump in $FILE and, when there is one, the `query` in
 * $QUERY. `sliceMiB` is how much of the corpus a slow peer is timed on. `covers` says what its queries do and do not do.
 */
export const peers = [
  ripgrepJq,
  ripgrepJaq,
  duckdb,
  duckdbPrefiltered,
  clickhouse,
  clickhousePrefiltered,
  jq,
  gojq,
  jaq,
  miller,
  angleGrinder,
  superDb,
  lnav,
  ndjson,
  readlineJsonParse,
  pigz,
];
