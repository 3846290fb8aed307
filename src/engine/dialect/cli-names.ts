/** Options of the AWS CLI that do nothing in a lab. */

/** Options of the CLI for all commands, and why a lab has no use for them. */
export const NOT_HERE: Record<string, string> = {
  query: 'it cuts the answer on your machine, and the lab shows the whole answer',
  output: 'the lab shows answers in its own way',
  profile: 'there are no credentials',
  'endpoint-url': 'every command goes to this page’s DynamoDB',
  'no-verify-ssl': 'nothing goes over a network',
  'ca-bundle': 'nothing goes over a network',
  'no-sign-request': 'there are no credentials',
  'cli-read-timeout': 'nothing goes over a network',
  'cli-connect-timeout': 'nothing goes over a network',
  'cli-binary-format': 'binary values are Base64, as the CLI has them by default',
  'cli-input-yaml': 'write --cli-input-json',
  'cli-auto-prompt': 'there is no terminal',
  'no-cli-auto-prompt': 'there is no terminal',
  'no-cli-pager': 'there is no terminal',
  'generate-cli-skeleton': 'it sends nothing',
  color: 'there is no terminal',
  debug: 'the lab shows every request',
};
