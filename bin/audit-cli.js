#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';

const built = new URL('../dist/main.js', import.meta.url);

if (existsSync(built)) {
  // Node 22.1 and later can keep compiled code on disk between runs; older ones have no such function.
  module.enableCompileCache?.();
  const { main } = await import(built.href);
  await main();
} else {
  process.stderr.write('audit-cli is not built: run npm run build\n');
  process.exitCode = 2;
}
