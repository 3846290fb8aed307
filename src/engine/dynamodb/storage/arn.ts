/** Amazon resource names of tables, and what may be wrong with them. */

/** The account that everything here belongs to; AWS's documentation writes it so too. */
export const ACCOUNT = '123456789012';

const VALID_FORMAT =
  "Valid ARN format is 'arn:<awsPartition>:<vendor>:<region>:<subscriber>:resourceType/resourceName', where Resource name must have length less than or equal to 255, Resource name must have length greater than or equal to 3, Resource name must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";

/** The ARN of a table. */
export function tableArn(name: string, region: string): string {
  return `arn:aws:dynamodb:${region}:${ACCOUNT}:table/${name}`;
}

/** Whether a table is named by its ARN: wherever AWS takes a table's name it takes that too. */
export function isArn(name: string): boolean {
  return name.startsWith('arn:');
}

/** The parts of a table's ARN; undefined when it is none. */
export function parseTableArn(
  arn: string,
): { region: string; account: string; name: string } | undefined {
  const parts = /^arn:aws[a-z-]*:dynamodb:([a-z0-9-]+):(\d{12}):table\/([a-zA-Z0-9_.-]{3,255})$/;
  const [, region, account, name] = parts.exec(arn) ?? [];
  return region && account && name ? { region, account, name } : undefined;
}

/**
 * The constraint that a text beginning with `arn:` breaks as a table's name, if it breaks one.
 * The wording is AWS's for names that are no ARN of a table; which malformed ARN gets it, AWS does not document.
 */
export function arnProblem(arn: string): string | undefined {
  return parseTableArn(arn) === undefined ? VALID_FORMAT : undefined;
}
