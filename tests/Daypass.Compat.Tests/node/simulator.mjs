// The policy simulator with the AWS SDK for JavaScript: its paginator, its shapes and its errors.
import assert from "node:assert/strict";
import { GetContextKeysForPrincipalPolicyCommand, PutUserPolicyCommand, SimulateCustomPolicyCommand, SimulatePrincipalPolicyCommand, paginateSimulateCustomPolicy } from "@aws-sdk/client-iam";
import { administrator, allow, document, refusal, unique, user } from "./promises.mjs";

const { iam } = administrator;
const bucket = "arn:aws:s3:::bucket/";

export async function the_paginator_meets_every_result_once() {
  const ActionNames = Array.from({ length: 25 }, (_, number) => `s3:Action${number}`);
  const found = [];
  for await (const page of paginateSimulateCustomPolicy({ client: iam, pageSize: 10 }, { PolicyInputList: [document(allow("s3:*"))], ActionNames }))
    found.push(...page.EvaluationResults.map((one) => one.EvalActionName));
  assert.deepEqual(found, ActionNames);
}

export async function a_result_has_every_member_that_the_sdk_knows() {
  const answer = await iam.send(new SimulateCustomPolicyCommand({
    PolicyInputList: [document(allow("s3:*", `${bucket}a`))],
    PermissionsBoundaryPolicyInputList: [document(allow("s3:*"))],
    ActionNames: ["s3:GetObject"],
    ResourceArns: [`${bucket}a`, `${bucket}b`],
    CallerArn: await administrator.arn(),
    ResourceOwner: "arn:aws:iam::999999999999:root",
    ResourcePolicy: document({ ...allow("s3:*", `${bucket}*`), Principal: "*" }),
  }));
  const [result] = answer.EvaluationResults;
  assert.equal(answer.IsTruncated, false);
  assert.equal(result.EvalDecision, "implicitDeny");
  assert.deepEqual(result.ResourceSpecificResults.map((one) => [one.EvalResourceName, one.EvalResourceDecision]), [[`${bucket}a`, "allowed"], [`${bucket}b`, "implicitDeny"]]);
  assert.deepEqual(result.EvalDecisionDetails, { "IAM Policy": "implicitDeny", "Resource Policy": "allowed", "Permissions Boundary Policy": "allowed" });
  assert.deepEqual(result.PermissionsBoundaryDecisionDetail, { AllowedByPermissionsBoundary: true });
  assert.deepEqual(result.MatchedStatements.map((one) => [one.SourcePolicyId, one.StartPosition.Line]), [["ResourcePolicy", 1], ["PolicyInputList.1", 1]]);
}

export async function keys_that_a_user_lacks_are_named_and_given() {
  const alice = await user();
  const PolicySourceArn = await alice.arn();
  const condition = { StringEquals: { "aws:username": unique("alice"), "test:team": "ops" } };
  await iam.send(new PutUserPolicyCommand({ UserName: unique("alice"), PolicyName: "rights", PolicyDocument: document({ ...allow("s3:*"), Condition: condition }) }));
  assert.deepEqual((await iam.send(new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn }))).ContextKeyNames, ["aws:username", "test:team"]);
  const call = { PolicySourceArn, ActionNames: ["s3:GetObject"] };
  const [missing] = (await iam.send(new SimulatePrincipalPolicyCommand(call))).EvaluationResults;
  assert.deepEqual([missing.EvalDecision, missing.MissingContextValues], ["implicitDeny", ["test:team"]]);
  const ContextEntries = [{ ContextKeyName: "test:team", ContextKeyType: "string", ContextKeyValues: ["ops"] }];
  const [allowed] = (await iam.send(new SimulatePrincipalPolicyCommand({ ...call, ContextEntries }))).EvaluationResults;
  assert.equal(allowed.EvalDecision, "allowed");
}

export async function its_errors_are_the_sdks_own() {
  const wrong = await refusal(iam.send(new SimulateCustomPolicyCommand({ PolicyInputList: ["{"], ActionNames: ["s3:GetObject"] })));
  assert.equal(wrong.name, "InvalidInputException");
  assert.match(wrong.message, /^Policy input list item 1 has invalid content/);
  const missing = await refusal(iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn: `${await administrator.arn()}x`, ActionNames: ["s3:GetObject"] })));
  assert.equal(missing.name, "NoSuchEntityException");
}
