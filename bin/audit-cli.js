#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const nodeModule = require('node:module');
const { isAbsolute, join } = require('node:path');

const built = join(__dirname, '..', 'dist', 'command', 'main.cjs');

if (existsSync(built)) {
  // Node 22.1 and later can keep compiled code between runs. Only in the user's own folder: whoever can write there
  // decides what runs.
  const folder = cacheFolder(process.env);
  if (folder !== undefined) nodeModule.enableCompileCache?.(folder);
  require(built).main();
} else {
  process.stderr.write('audit-cli is not built: run npm run build\n');
  process.exitCode = 2;
}

/** None where the folder it would stand in is missing: making more than our own is not ours to do, and below /proc never ends. */
function cacheFolder({ XDG_CACHE_HOME: chosen = '', LOCALAPPDATA: local = '', HOME: home = '' }) {
  const places = { win32: local, darwin: join(home, 'Library', 'Caches') };
  const folder = isAbsolute(chosen) ? chosen : (places[process.platform] ?? join(home, '.cache'));
  return isAbsolute(folder) && existsSync(folder) ? join(folder, 'audit-cli', 'compiled') : undefined;
}
