import { formats } from '../../../src/output/formats/index.ts';
import { testFormat } from '../../contracts/format.ts';

for (const format of formats) testFormat(format);
