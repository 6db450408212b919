// The main job with the AWS SDK for JavaScript: a user without rights gets a role's for an hour, and what they are good for.
import assert from "node:assert/strict";
import { GetRoleCommand, ListRolesCommand, ListUsersCommand, paginateListUsers, CreateUserCommand, waitUntilUserExists } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { administrator, advanceClock, allow, document, Keys, refusal, role, sentence, trusting, unique, user } from "./promises.mjs";

export async function a_new_user_is_known_and_has_no_rights() {
  const alice = await user();
  const arn = await alice.arn();
  const error = await refusal(alice.iam.send(new ListUsersCommand({})));
  assert.equal(error.name, "AccessDenied");
  assert.equal(error.$metadata.httpStatusCode, 403);
  assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
  assert.equal(sentence(error.message), `User: ${arn} is not authorized to perform: iam:ListUsers on resource: ${arn.replace(/:user\/.*/, ":user/")} because no identity-based policy allows the iam:ListUsers action`);
}

export async function a_session_may_do_what_its_role_may_and_no_more() {
  const alice = await user();
  const arn = await role("Reader", trusting(await alice.arn()), allow("iam:ListRoles"));
  const session = await alice.assume(arn);
  assert.equal(await session.arn(), arn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/tuesday");
  assert.ok((await session.iam.send(new ListRolesCommand({}))).Roles.length > 0);
  const error = await refusal(session.iam.send(new ListUsersCommand({})));
  assert.match(sentence(error.message), /because no identity-based policy allows the iam:ListUsers action$/);
}

export async function a_session_policy_takes_rights_away() {
  const alice = await user();
  const arn = await role("Reader", trusting(await alice.arn()), allow(["iam:GetRole", "iam:ListRoles"]));
  const session = await alice.assume(arn, { Policy: document(allow("iam:ListRoles")) });
  await session.iam.send(new ListRolesCommand({}));
  const error = await refusal(session.iam.send(new GetRoleCommand({ RoleName: unique("Reader") })));
  assert.match(sentence(error.message), /because no session policy allows the iam:GetRole action$/);
}

export async function a_session_that_has_ended_is_refused_as_expired() {
  const alice = await user();
  const session = await alice.assume(await role("Reader", trusting(await alice.arn())), { DurationSeconds: 900 });
  await session.arn();
  await advanceClock(901);
  const error = await refusal(session.sts.send(new GetCallerIdentityCommand({})));
  assert.equal(error.name, "ExpiredToken");
  assert.equal(error.message, "The security token included in the request is expired");
}

export async function a_session_of_a_user_is_the_user() {
  const alice = await user();
  const answer = await alice.sts.send(new GetSessionTokenCommand({}));
  assert.ok(answer.Credentials.Expiration > new Date());
  assert.equal(await new Keys(answer.Credentials).arn(), await alice.arn());
}

export async function an_untrusted_user_is_told_what_it_lacks() {
  const alice = await user();
  const mallory = await user("mallory");
  const arn = await role("Reader", trusting(await alice.arn()));
  const error = await refusal(mallory.assume(arn));
  assert.equal(error.name, "AccessDenied");
  assert.equal(sentence(error.message), `User: ${await mallory.arn()} is not authorized to perform: sts:AssumeRole on resource: ${arn}`);
}

export async function a_changed_secret_is_refused() {
  const alice = await user();
  const { accessKeyId, sessionToken } = alice.credentials;
  const forger = new Keys({ AccessKeyId: accessKeyId, SecretAccessKey: "EXAMPLE-of-a-wrong-secret", SessionToken: sessionToken });
  assert.equal((await refusal(forger.arn())).name, "SignatureDoesNotMatch");
}

export async function paginators_and_waiters_find_what_they_wait_for() {
  const names = ["page-a", "page-b", "page-c"].map(unique);
  for (const UserName of names)
    await administrator.iam.send(new CreateUserCommand({ UserName, Path: "/paged/" }));
  const found = [];
  for await (const page of paginateListUsers({ client: administrator.iam, pageSize: 2 }, { PathPrefix: "/paged/" })) {
    assert.ok(page.Users.length <= 2);
    found.push(...page.Users.map((one) => one.UserName));
  }
  assert.deepEqual(found.filter((name) => names.includes(name)), names);
  const waited = await waitUntilUserExists({ client: administrator.iam, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { UserName: names[0] });
  assert.equal(waited.state, "SUCCESS");
}
