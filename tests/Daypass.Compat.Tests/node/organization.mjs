// Across accounts with the AWS SDK for JavaScript, and the trail.
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { LookupEventsCommand, paginateLookupEvents } from "@aws-sdk/client-cloudtrail";
import { EnableOrganizationsRootSessionsCommand, ListOrganizationsFeaturesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { AssumeRootCommand } from "@aws-sdk/client-sts";
import { CreateAccountCommand, CreateOrganizationCommand, DescribeCreateAccountStatusCommand, paginateListAccounts } from "@aws-sdk/client-organizations";
import { administrator, allow, Keys, refusal, role, trusting, unique, user } from "./promises.mjs";

const { organizations, trail } = administrator;

async function _secondAccount() {
  try {
    await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  } catch (error) {
    assert.equal(error.name, "AlreadyInOrganizationException");
  }
  const name = unique("second");
  let { CreateAccountStatus: status } = await organizations.send(new CreateAccountCommand({ Email: `${name}@example.com`, AccountName: name }));
  for (let turn = 0; turn < 1200 && status.State === "IN_PROGRESS"; turn++) {
    await setTimeout(100);
    status = (await organizations.send(new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: status.Id }))).CreateAccountStatus;
  }
  assert.equal(status.State, "SUCCEEDED");
  return status.AccountId;
}

export async function a_second_account_is_made_listed_and_entered() {
  const account = await _secondAccount();
  const listed = [];
  for await (const page of paginateListAccounts({ client: organizations }, {}))
    listed.push(...page.Accounts.map((one) => one.Id));
  assert.ok(listed.includes(account));
  const inside = await administrator.assume(`arn:aws:iam::${account}:role/OrganizationAccountAccessRole`);
  assert.deepEqual((await inside.iam.send(new ListUsersCommand({}))).Users, []);
}

export async function root_of_a_member_is_assumed_for_one_task() {
  const account = await _secondAccount();
  await administrator.iam.send(new EnableOrganizationsRootSessionsCommand({}));
  assert.deepEqual((await administrator.iam.send(new ListOrganizationsFeaturesCommand({}))).EnabledFeatures, ["RootSessions"]);
  const TaskPolicyArn = { arn: "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy" };
  const answer = await administrator.sts.send(new AssumeRootCommand({ TargetPrincipal: account, TaskPolicyArn }));
  const root = new Keys(answer.Credentials);
  assert.equal(await root.arn(), `arn:aws:iam::${account}:root`);
  assert.equal((await refusal(root.iam.send(new ListUsersCommand({})))).name, "AccessDenied");
  const own = (await administrator.arn()).split(":")[4];
  assert.equal((await refusal(administrator.sts.send(new AssumeRootCommand({ TargetPrincipal: own, TaskPolicyArn })))).name, "AccessDenied");
}

export async function the_trail_shows_who_was_refused() {
  const alice = await user();
  const session = await alice.assume(await role("Traced", trusting(await alice.arn()), allow("iam:ListRoles")), { RoleSessionName: unique("traced") });
  await refusal(session.iam.send(new ListUsersCommand({})));
  const events = [];
  for await (const page of paginateLookupEvents({ client: trail }, { LookupAttributes: [{ AttributeKey: "Username", AttributeValue: unique("traced") }] }))
    events.push(...page.Events);
  const refused = JSON.parse(events.find((event) => event.EventName === "ListUsers").CloudTrailEvent);
  assert.equal(refused.errorCode, "AccessDenied");
  assert.equal(refused.userIdentity.sessionContext.sessionIssuer.userName, unique("Traced"));
}

export async function the_errors_of_json_services_are_the_sdks_own() {
  const denied = await refusal((await user()).trail.send(new LookupEventsCommand({})));
  assert.equal(denied.name, "AccessDeniedException");
  assert.match(denied.message, /is not authorized to perform: cloudtrail:LookupEvents/);
  const wrong = await refusal(trail.send(new LookupEventsCommand({ NextToken: "EXAMPLE-of-no-token" })));
  assert.equal(wrong.name, "InvalidNextTokenException");
}
