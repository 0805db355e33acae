import manifest from '../../package.json' with { type: 'json' };

/**
 * Takes out of output what differs from run to run and from engine to engine: the elapsed time that ends the accounting
 * line or stands in JSON, how lines were read, and the version of the program in what `--version` prints.
 */
export function withoutVolatile(text: string): string {
  return text
    .replace(/^(read .* · )\d[\d.,]* (?:ms|s|min|h)$/gm, '$1T s')
    .replace(/("elapsed\w*"\s*:\s*)\d[\d.]*/g, '$1"T"')
    .replace(/("scan"\s*:\s*)\{[^}]*\}/g, '$1"S"')
    .replace(versionLine, 'audit-cli VERSION');
}

const versionLine = new RegExp(`^audit-cli ${manifest.version.replaceAll('.', '\\.')}(?= \\(catalogue )`, 'gm');
