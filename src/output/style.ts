import { Chalk, type ChalkInstance } from 'chalk';

/** Paints text for one role. Without colour the text comes back as it is. */
export type Style = (text: string) => string;

/**
 * What text can stand for. Only the 16 colours every terminal theme defines, and never the only
 * carrier of a meaning: a refusal says `DENY` in red, it is not just red.
 */
export interface Styles {
  readonly header: Style;
  readonly ok: Style;
  readonly failed: Style;
  readonly denied: Style;
  readonly dim: Style;
  readonly accent: Style;
  readonly warning: Style;
  readonly error: Style;
  readonly note: Style;
}

/** The styles of one stream; stdout and stderr are judged separately by the caller. */
export function styles(enabled: boolean): Styles {
  if (!enabled) return plain;
  const chalk = new Chalk({ level: 1 });
  return {
    header: painter(chalk.bold),
    ok: painter(chalk.green),
    failed: painter(chalk.red),
    denied: painter(chalk.red.bold),
    dim: painter(chalk.dim),
    accent: painter(chalk.cyan),
    warning: painter(chalk.yellow),
    error: painter(chalk.red.bold),
    note: painter(chalk.cyan),
  };
}

/** How a unified result is painted; other words stay plain. */
export function resultStyle(of: Styles, result: string): Style | undefined {
  switch (result) {
    case 'SUCCESS':
    case 'ALLOW':
      return of.ok;
    case 'FAILURE':
      return of.failed;
    case 'DENY':
      return of.denied;
    case 'UNKNOWN':
      return of.dim;
  }
  return undefined;
}

const same: Style = (text) => text;

const plain: Styles = {
  header: same,
  ok: same,
  failed: same,
  denied: same,
  dim: same,
  accent: same,
  warning: same,
  error: same,
  note: same,
};

function painter(chalk: ChalkInstance): Style {
  return (text) => chalk(text);
}
