/** Those who ask: the world's users, and what a policy can know of them. */
import { ACCOUNT } from '../storage/arn.ts';
import { WorldError } from '../world/setting-readers.ts';
import type { WorldUser } from '../world/settings.ts';
import { PolicyProblem } from './conditions.ts';
import { type PrincipalName, readPolicy, type Statement } from './policy.ts';

/** A caller. */
export interface Principal {
  /** As messages name it. */
  arn: string;
  /** The ARNs by which a resource-based policy can name it. */
  names: readonly string[];
  /** What is known of it, by condition key. */
  values: ReadonlyMap<string, readonly string[]>;
  /** The statements of the policies that are attached to it. */
  statements: readonly Statement[];
}

/** The keys that users bring beyond those of every request. */
export function broughtKeys(users: Readonly<Record<string, WorldUser>>): ReadonlySet<string> {
  return new Set(Object.values(users).flatMap(({ values = {} }) => Object.keys(values)));
}

/** The world's users by their access keys. Throws WorldError for one that does not fit, and for its policies. */
export function readPrincipals(
  users: Readonly<Record<string, WorldUser>>,
): ReadonlyMap<string, Principal> {
  const keys = broughtKeys(users);
  return new Map(
    Object.entries(users).map(([accessKeyId, user]) => [
      accessKeyId,
      readPrincipalOf(user, `world.users.${accessKeyId}`, keys),
    ]),
  );
}

function readPrincipalOf(user: WorldUser, place: string, keys: ReadonlySet<string>): Principal {
  const { policies = [], tags = {}, values = {} } = user;
  const { arn, names, own } = identityOf(user, place);
  const statements = policies.flatMap((document, index) => {
    try {
      return readPolicy(document, 'identity', keys);
    } catch (error) {
      if (!(error instanceof PolicyProblem)) throw error;
      throw new WorldError(
        `${place}.policies[${index}]`,
        `a policy that this emulator can evaluate: ${error.message}`,
      );
    }
  });
  const known = {
    'aws:PrincipalAccount': ACCOUNT,
    ...own,
    ...Object.fromEntries(
      Object.entries(tags).map(([name, value]) => [`aws:PrincipalTag/${name}`, value]),
    ),
    ...values,
  };
  return {
    arn,
    names,
    values: new Map(Object.entries(known).map(([key, value]) => [key, [value]])),
    statements,
  };
}

/** Source: IAM User Guide, "IAM identifiers", and "AWS global condition context keys". */
function identityOf(
  { user, role, session }: WorldUser,
  place: string,
): { arn: string; names: string[]; own: Record<string, string> } {
  if ((user === undefined) === (role === undefined)) {
    throw new WorldError(place, 'either a `user` of IAM or a `role` with its `session`');
  }
  if (user !== undefined) {
    if (session !== undefined)
      throw new WorldError(`${place}.session`, 'left out: a user has none');
    const arn = `arn:aws:iam::${ACCOUNT}:user/${user}`;
    const own = { 'aws:username': user, 'aws:PrincipalArn': arn, 'aws:PrincipalType': 'User' };
    return { arn, names: [arn], own };
  }
  if (session === undefined) throw new WorldError(`${place}.session`, 'the name of the session');
  const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`;
  const assumed = `arn:aws:iam::${ACCOUNT}:role/${role}`;
  const own = { 'aws:PrincipalArn': assumed, 'aws:PrincipalType': 'AssumedRole' };
  return { arn, names: [arn, assumed], own };
}

/**
 * How a statement of a resource-based policy names a caller. Who names an account leaves it to the account's own
 * policies whom of it to let in; who forbids an account forbids all of it.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
export function namesPrincipal(
  principals: readonly PrincipalName[],
  { names }: Pick<Principal, 'names'>,
  effect: Statement['effect'],
): boolean {
  return principals.some((one) => {
    if (one.type === 'anyone') return true;
    if (one.type === 'arn') return names.includes(one.arn);
    return effect === 'Deny' && one.account === ACCOUNT;
  });
}
