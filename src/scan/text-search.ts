import { isNeedlesslyEncoded } from './line-search.ts';
import type { Needles } from './needles.ts';

/** Whether what is written in this JSON may match: it holds a needle, or trips a guard as a line does (`line-search.ts`). */
export function compileTextSearch({ texts, fold, percentGuard }: Needles): (json: string) => boolean {
  return (json) => {
    if (json.includes('\\u') || (fold && /[^\0-\x7f]/.test(json))) return true;
    if (percentGuard && json.includes('%') && isNeedlesslyEncoded(json)) return true;
    const text = fold ? json.toLowerCase() : json;
    return texts.some((needle) => text.includes(needle));
  };
}
