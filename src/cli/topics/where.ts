import type { Topic } from './topic.ts';

export const where: Topic = {
  name: 'where',
  summary: 'expressions for --where',
  text: () => `  audit-cli filter --where 'method = "CreateStatement" and
      data.request.data.spec.principal != principal' dump.ndjson

  =  !=  <  <=  >  >=     compare; 404 equals "404"; times compare as instants
  ~                       regular expression, anywhere in the value
  in ("a", "b")           one of these
  exists                  has a value:  credential exists
  and  or  not  ( )       not binds closer than and, and closer than or

Names are columns (audit-cli help fields) or raw dotted paths; text stands in
double quotes with JSON escapes. The right side may be a name too.

A list column holds when any member does; != means that none is equal. A missing
value makes only != and "not … exists" true.`,
};
