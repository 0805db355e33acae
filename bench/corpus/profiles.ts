import {
  bindRole,
  createApiKey,
  createStatement,
  deleteStatement,
  getStatement,
  ipFilter,
  kafkaAuthentication,
  kafkaAuthorization,
  kafkaClusters,
  listStatements,
  mdsAuthorize,
  type Shape,
  signIn,
  workspaceShapes,
} from './shapes.ts';

/** Which methods a dump holds, and how many of each in a thousand records. */
export const profiles = {
  /** At least sixteen methods, 1.7 KB each on average: what a busy organization writes when nobody polls. */
  mixed: [
    mdsAuthorize(110),
    kafkaAuthentication(60),
    kafkaAuthorization('kafka.CreateTopics', 45, 'Create', ['topic', '{topic}']),
    kafkaAuthorization('kafka.DeleteTopics', 15, 'Delete', ['topic', '{topic}']),
    kafkaAuthorization('kafka.AlterConfigs', 20, 'AlterConfigs', ['topic', '{topic}']),
    kafkaAuthorization('kafka.JoinGroup', 40, 'Read', ['group', '{topic}']),
    ipFilter(30),
    ...workspaceShapes(24),
    createStatement(175),
    getStatement(90),
    listStatements(145),
    deleteStatement(1),
    signIn(30),
    kafkaClusters(60),
    createApiKey(25),
    bindRole(34),
  ],

  /** Nineteen permission checks in twenty records, as in most real dumps. */
  checks: [
    mdsAuthorize(950),
    kafkaAuthentication(12),
    kafkaAuthorization('kafka.CreateTopics', 4, 'Create', ['topic', '{topic}']),
    ipFilter(3),
    createStatement(9),
    getStatement(7),
    deleteStatement(1),
    signIn(3),
    kafkaClusters(9),
    createApiKey(1),
    bindRole(1),
  ],

  /** Statements only: SQL text full of escapes, percent signs and backslashes. */
  flink: [
    createStatement(250),
    getStatement(300),
    listStatements(20),
    deleteStatement(1),
    ...workspaceShapes(84),
    ipFilter(9),
  ],
} as const satisfies Record<string, readonly Shape[]>;

export type Profile = keyof typeof profiles;
