import packageJson from '../../package.json' with { type: 'json' };
import { catalog } from '../record/catalog.ts';

export function version(): string {
  return `audit-cli ${packageJson.version} (catalogue ${catalog.date})`;
}
