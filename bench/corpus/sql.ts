import type { Random } from './random.ts';

/**
 * SQL texts as they stand inside a JSON string: quotes, backslashes, tabs and line ends escaped, percent signs plain. A few
 * hundred of them are enough: nothing that reads a record learns a whole statement by heart.
 */
export function sqlTexts(random: Random): string[] {
  return Array.from({ length: 400 }, () => JSON.stringify(newStatement(random)).slice(1, -1));
}

function newStatement(random: Random): string {
  const table = random.pick(tables);
  const columns = Array.from({ length: 1 + random.below(2) }, () => random.pick(expressions));
  return [
    `INSERT INTO \`${random.pick(tables)}_${random.hex(4)}\``,
    `SELECT\n\t${columns.join(',\n\t')}`,
    `FROM \`${table}\``,
    `WHERE ${random.pick(conditions)}`,
    `GROUP BY ${random.pick(['window_start, window_end', 'customer_id', '"order"'])};`,
  ].join('\n');
}

const tables = ['orders', 'payments', 'clicks', 'shipments', 'inventory', 'sessions', 'refunds', 'devices'];

const expressions = [
  `DATE_FORMAT(ts, '%Y-%m-%d %H:%i') AS minute_of`,
  `REGEXP_EXTRACT(path, '^\\\\/v\\d+\\/(\\w+)', 1) AS resource`,
  `JSON_VALUE(body, '$."customer id"') AS customer_id`,
  `CAST(amount * 1.19 AS DECIMAL(12, 2)) AS gross`,
  `COALESCE(NULLIF(TRIM(name), ''), 'C:\\temp\\unknown') AS display_name`,
  `COUNT(*) AS "how many"`,
  `MAX(\`event time\`) AS last_seen`,
];

const conditions = [
  `name LIKE '100\\%%' ESCAPE '\\'`,
  `url LIKE '%2Fcheckout%3Fstep%3D%'`,
  `comment NOT LIKE '%"quoted"%'`,
  `status IN ('NEW', 'PAID', 'SENT')`,
  `MOD(id, 100) < 25 -- 25 % of them`,
  `REGEXP(agent, '\\bbot\\b|\\\\x[0-9a-f]{2}')`,
];
