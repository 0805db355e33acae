import { oneValue, type Recipe } from './recipe.ts';

export const whoDeleted: Recipe = {
  name: 'who-deleted',
  summary: 'Who deleted, unbound or revoked something of that name',
  operand: 'NAME',
  example: 'orders-enrich-v42',
  command: 'filter',
  expand: ({ operand }) => ({
    fixed: { resource: [`*=${oneValue(operand)}`] },
    usual: { method: ['*Delete*,Unbind*,Revoke*'], type: ['request'], sort: ['time'] },
  }),
};
