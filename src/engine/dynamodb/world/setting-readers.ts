/** Readers of single settings: from anything to a value of the right type, or an error that names the setting. */

/** A setting that does not fit. */
export class WorldError extends Error {
  override readonly name = 'WorldError';

  /** `setting` is the path to it, `wanted` what it must be. */
  constructor(setting: string, wanted: string) {
    super(`${setting} must be ${wanted}`);
  }
}

/** Reads a value. `name` is the path to it, for the error. */
export type Read<Value> = (value: unknown, name: string) => Value;

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds, or a text as `500ms`, `5s`, `10m`, `48h`, `2d`. */
export const duration: Read<number> = (value, name) => {
  if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value;
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h|d)$/.exec(String(value)) ?? [];
  if (amount === undefined) {
    throw new WorldError(name, 'a duration: milliseconds, or as 500ms, 5s, 10m, 48h, 2d');
  }
  return Number(amount) * (UNITS[unit as string] as number);
};

/** True or false. */
export const boolean: Read<boolean> = (value, name) => {
  if (typeof value === 'boolean') return value;
  throw new WorldError(name, 'true or false');
};

/** A text that is not empty. */
export const text: Read<string> = (value, name) => {
  if (typeof value === 'string' && value !== '') return value;
  throw new WorldError(name, 'a text');
};

/** A number of these bounds, both included. */
export function between(least: number, most: number): Read<number> {
  return (value, name) => {
    if (typeof value === 'number' && value >= least && value <= most) return value;
    throw new WorldError(name, `a number from ${least} to ${most}`);
  };
}

/** A whole number from 0 on. */
export const count: Read<number> = (value, name) => {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new WorldError(name, 'a whole number');
};

/** A whole number from 1 on. */
export const positive: Read<number> = (value, name) => {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
  throw new WorldError(name, 'a whole number above 0');
};

/** One of these texts. */
export function oneOf<Text extends string>(...texts: Text[]): Read<Text> {
  return (value, name) => {
    const found = texts.find((one) => one === value);
    if (found !== undefined) return found;
    throw new WorldError(name, texts.join(' or '));
  };
}

/** A list of such values. */
export function listOf<Value>(read: Read<Value>): Read<Value[]> {
  return (value, name) => {
    if (!Array.isArray(value)) throw new WorldError(name, 'a list');
    return value.map((element: unknown, index) => read(element, `${name}[${index}]`));
  };
}

/** An object of any members. */
export const anyObject: Read<object> = (value, name) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new WorldError(name, 'an object');
};

/** An object whose members have names of that pattern, and such values. */
export function mapOf<Value>(names: RegExp, read: Read<Value>): Read<Record<string, Value>> {
  return (value, name) =>
    Object.fromEntries(
      Object.entries(anyObject(value, name)).map(([member, given]) => {
        if (names.test(member)) return [member, read(given, `${name}.${member}`)];
        throw new WorldError(`${name}: the name ${member}`, `of the form ${names.source}`);
      }),
    );
}

/** An object of these members and no others, of which some must be there. */
export function structure<Value extends object>(
  readers: { [Name in keyof Value]-?: Read<NonNullable<Value[Name]>> },
  required: ReadonlyArray<keyof Value & string>,
): Read<Value> {
  return (value, name) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new WorldError(name, `an object of ${Object.keys(readers).join(', ')}`);
    }
    const given = value as Record<string, unknown>;
    for (const member of required) {
      if (given[member] === undefined) throw new WorldError(`${name}.${member}`, 'given');
    }
    const read: Record<string, unknown> = {};
    for (const member of Object.keys(given)) {
      if (given[member] === undefined) continue;
      if (!Object.hasOwn(readers, member)) {
        throw new WorldError(
          `${name}.${member} is no setting; it`,
          `one of ${Object.keys(readers).join(', ')}`,
        );
      }
      const reader = readers[member as keyof Value] as Read<unknown>;
      read[member] = reader(given[member], `${name}.${member}`);
    }
    return read as Value;
  };
}
