import { filters } from '../query/filters/index.ts';
import type { CommandInfo } from './command.ts';
import { type Flag, flags } from './flags.ts';

/** Every flag a command takes: its own, the shared ones of its groups, the filters with their negations. */
export function flagsOf(command: CommandInfo): readonly Flag[] {
  const shared = flags.filter(({ group }) => command.groups.includes(group));
  return [...command.ownFlags, ...(command.groups.includes('filter') ? filterFlags : []), ...shared];
}

const filterFlags: readonly Flag[] = filters.flatMap((filter): Flag[] => {
  const flag: Flag = {
    long: filter.name,
    ...(filter.short !== undefined && { short: filter.short }),
    ...(filter.aliases !== undefined && { aliases: filter.aliases }),
    ...(filter.placeholder !== undefined && { value: filter.placeholder }),
    repeatable: true,
    help: filter.help,
    group: 'filter',
  };
  const negation: Flag = { ...withoutShort(flag), long: `not-${filter.name}`, help: 'none of these' };
  return filter.negatable ? [flag, negation] : [flag];
});

function withoutShort({ short: _, aliases: __, ...flag }: Flag): Flag {
  return flag;
}
