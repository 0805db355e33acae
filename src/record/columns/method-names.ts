import { withoutPrefix } from '../catalog.ts';
import { firstText } from '../paths.ts';
import { column } from './column.ts';

export const methodNames = column({
  name: 'methodNames',
  type: 'list',
  role: 'search',
  doc: 'The recorded method, and the method without its known prefix (kafka., mds. …)',
  spelled: 'verbatim',
  reads: { method: 'data.methodName' },
  derive: ({ method }) => {
    const name = firstText(method);
    if (name === undefined) return undefined;
    const bare = withoutPrefix(name);
    return bare === undefined ? [name] : [name, bare];
  },
});
