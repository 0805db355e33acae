import { join } from 'node:path';
import { root } from './run-command.mjs';

/** A command line of audit-cli of this checkout, in the same form as a peer's. */
export function ours(args) {
  const words = args.map((word) => (/^[\w.:,/=-]+$/.test(word) ? word : `'${word}'`)).join(' ');
  return { script: `exec "$NODE" "$CLI" ${words} "$FILE"` };
}

/** What {@link ours} and the peers that are Node scripts find in their environment. */
export function environment({ node, cacheFolder }) {
  return { NODE: node, CLI: join(root, 'bin', 'audit-cli.js'), XDG_CACHE_HOME: cacheFolder, NO_COLOR: '1' };
}

/** The command as a person would type it. */
export function shown({ script }) {
  return script
    .replace('exec "$NODE" "$CLI"', 'audit-cli')
    .replace('exec "$NODE"', 'node')
    .replaceAll('"$FILE"', 'FILE');
}
