import type { Recipe } from './recipe.ts';

export const newSince: Recipe = {
  name: 'new-since',
  summary: 'Who came from an address never seen with them before a time',
  operand: 'TIME',
  example: '2026-03-18',
  command: 'first-seen',
  expand: ({ operand }) => ({
    fixed: { 'baseline-until': [operand] },
    usual: { key: ['principal,ip'] },
  }),
};
