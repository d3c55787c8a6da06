/** The users of the settings file, created once, on the first start of a test instance. */
import type { Dependencies } from './dependencies.ts';
import { normalizeEmailAddress, normalizePhoneNumber, parseUsername } from './domain/identifiers.ts';
import { passwordProblems } from './domain/password.ts';
import { ApiError } from './errors.ts';
import type { SeedUser } from './settings.ts';
import { SettingsError } from './settings.ts';
import { inTransaction } from './store/database.ts';
import { hasMark, markOnce } from './store/instance-values.ts';
import { insertUser } from './store/write-users.ts';
import type { NewUser } from './store/write-users.ts';

type SeedContext = Pick<Dependencies, 'database' | 'settings' | 'passwords' | 'instanceType' | 'now'>;

/**
 * Creates them, unless it was done before: who deletes them keeps them deleted.
 * @throws SettingsError naming the mistake by its path in the file.
 */
export async function seedUsers({ database, settings, passwords, instanceType, now }: SeedContext): Promise<void> {
  if (instanceType !== 'development' || !settings.users.length) return;
  if (await hasMark(database, 'seeded')) return;
  const users: NewUser[] = [];
  for (const [index, user] of settings.users.entries()) users.push(await readSeed(user, `users.${index}`, { settings, passwords, now }));
  await inTransaction(database, async (transaction) => {
    if (!(await markOnce(transaction, 'seeded'))) return;
    for (const [index, user] of users.entries()) {
      await insertUser(transaction, user, now()).catch((error: unknown) => {
        throw error instanceof ApiError ? seedError(`users.${index}`, error) : error;
      });
    }
  });
}

/** What the database refuses: an address or a username that another entry has. */
function seedError(path: string, { items: [item] }: ApiError): SettingsError {
  return new SettingsError(`${path}.${String(item?.meta?.['param_name'])}: ${item?.message ?? ''}`);
}

async function readSeed(
  user: SeedUser,
  path: string,
  { settings, passwords, now }: Pick<SeedContext, 'settings' | 'passwords' | 'now'>,
): Promise<NewUser> {
  const address = normalizeEmailAddress(user.emailAddress);
  if (!address) throw new SettingsError(`${path}.email_address: expected an email address, got ${JSON.stringify(user.emailAddress)}`);
  if (user.password !== undefined) {
    const [problem] = passwordProblems(user.password, { rules: settings.password, identifiers: [user.emailAddress, user.username] });
    if (problem) throw new SettingsError(`${path}.password: ${problem.message}`);
  }
  const number = user.phoneNumber === undefined ? undefined : normalizePhoneNumber(user.phoneNumber);
  if (user.phoneNumber !== undefined && !number) {
    throw new SettingsError(`${path}.phone_number: expected a number such as +14155550132, got ${JSON.stringify(user.phoneNumber)}`);
  }
  return {
    username: user.username === undefined ? null : readUsername(user.username, `${path}.username`),
    first_name: user.firstName ?? null,
    last_name: user.lastName ?? null,
    password_hash: user.password === undefined ? null : await passwords.hash(user.password),
    password_updated_at: user.password === undefined ? null : now(),
    public_metadata: user.publicMetadata ?? {},
    private_metadata: user.privateMetadata ?? {},
    unsafe_metadata: user.unsafeMetadata ?? {},
    email_addresses: [{ value: address.address, normalized: address.normalized, verifiedBy: 'admin' }],
    phone_numbers: number ? [{ value: number, normalized: number, verifiedBy: 'admin' }] : [],
  };
}

function readUsername(username: string, path: string): string {
  try {
    return parseUsername(username);
  } catch (error) {
    throw error instanceof ApiError ? new SettingsError(`${path}: ${error.items[0]?.message ?? ''}`) : error;
  }
}
