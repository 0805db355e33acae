/** The record that stands in the examples of the forms. */
export const exampleRecord =
  '{"specversion":"1.0","id":"e1","type":"io.confluent.cloud/request","source":"crn://confluent.cloud/","time":"2026-01-02T03:04:05.678Z","data":{"methodName":"DeleteStatement"}}';

/** The same as a text within JSON. */
export const exampleText = JSON.stringify(exampleRecord);
