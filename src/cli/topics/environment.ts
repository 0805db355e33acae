import type { Topic } from './topic.ts';

export const environment: Topic = {
  name: 'environment',
  summary: 'environment variables that are read, and what never happens',
  text: () => `Variables that are read
  NO_COLOR                      set and not empty: no colour
  CLICOLOR_FORCE, FORCE_COLOR   set and not 0: colour even when piped
  TERM=dumb                     no colour
  COLUMNS                       width of tables on a terminal
  TMPDIR                        where stdin is kept when it has to be read twice
  AUDIT_CLI_CACHE               1: as if --cache were typed
  XDG_CACHE_HOME                where caches are kept, else ~/.cache or the like
  AUDIT_CLI_SCAN                how lines are read: auto, kernel, js, truth; all
                                give the same answers

The flag --color outranks NO_COLOR, which outranks the others.

What never happens
  No network. No telemetry. No configuration file, so a folder of dumps cannot
  change what you see. Inputs are never modified, and nothing is written but the
  files you name with --out-file and --malformed-out, caches that you ask for
  with --cache, and compiled code of this program, both in your cache folder.`,
};
