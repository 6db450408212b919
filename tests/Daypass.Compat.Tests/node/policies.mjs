// Policies looked over and compared with the AWS SDK for JavaScript, which speaks REST JSON for it.
import assert from "node:assert/strict";
import { CheckAccessNotGrantedCommand, CheckNoNewAccessCommand, CheckNoPublicAccessCommand, paginateValidatePolicy, ValidatePolicyCommand } from "@aws-sdk/client-accessanalyzer";
import { administrator, allow, document, refusal, trusting, user } from "./promises.mjs";

const { analyzer } = administrator;

export async function a_mistake_in_a_policy_is_found_with_its_place() {
  const policy = document({ ...allow("s3:GetObject"), Effect: "allow" });
  const { findings, nextToken } = await analyzer.send(new ValidatePolicyCommand({ policyDocument: policy, policyType: "IDENTITY_POLICY" }));
  assert.equal(nextToken, undefined);
  const error = findings.find((finding) => finding.findingType === "ERROR");
  assert.deepEqual(error.locations[0].path, [{ value: "Statement" }, { index: 0 }, { value: "Effect" }]);
  const { start, end } = error.locations[0].span;
  assert.equal(policy.slice(start.offset, end.offset), '"allow"');
  assert.deepEqual([start.line, start.column], [1, start.offset]);
}

export async function a_good_policy_has_no_errors() {
  const { findings } = await analyzer.send(new ValidatePolicyCommand({ policyDocument: document(allow("s3:GetObject", "arn:aws:s3:::blue/*")), policyType: "IDENTITY_POLICY", locale: "EN" }));
  assert.deepEqual(findings.filter((finding) => finding.findingType === "ERROR"), []);
}

export async function pages_together_hold_every_finding() {
  const policy = document(...Array.from({ length: 5 }, (_, number) => ({ ...allow("s3:GetObject"), Effect: `no${number}` })));
  const request = { policyDocument: policy, policyType: "IDENTITY_POLICY" };
  const whole = (await analyzer.send(new ValidatePolicyCommand(request))).findings;
  const pages = [];
  for await (const page of paginateValidatePolicy({ client: analyzer, pageSize: 2 }, request))
    pages.push(page.findings);
  assert.ok(pages.length >= 3 && pages.every((page) => page.length <= 2));
  assert.deepEqual(pages.flat(), whole);
}

export async function a_policy_that_allows_more_than_before_fails() {
  const [less, more] = [document(allow("s3:GetObject", "arn:aws:s3:::blue/*")), document(allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::blue/*"))];
  const check = (existingPolicyDocument, newPolicyDocument) => analyzer.send(new CheckNoNewAccessCommand({ existingPolicyDocument, newPolicyDocument, policyType: "IDENTITY_POLICY" }));
  assert.equal((await check(more, less)).result, "PASS");
  const wider = await check(less, more);
  assert.equal(wider.result, "FAIL");
  assert.ok(wider.message && wider.reasons.length > 0 && wider.reasons.every((reason) => reason.description));
}

export async function access_that_must_not_be_granted_is_found() {
  const policyDocument = document(allow("iam:*"));
  const check = (...actions) => analyzer.send(new CheckAccessNotGrantedCommand({ policyDocument, policyType: "IDENTITY_POLICY", access: [{ actions, resources: ["*"] }] }));
  assert.equal((await check("s3:GetObject", "iam:PassRole")).result, "FAIL");
  assert.equal((await check("s3:GetObject")).result, "PASS");
}

export async function a_role_that_everybody_may_assume_is_public() {
  const check = (trust) => analyzer.send(new CheckNoPublicAccessCommand({ policyDocument: document(trust), resourceType: "AWS::IAM::AssumeRolePolicyDocument" }));
  assert.equal((await check(trusting("*"))).result, "FAIL");
  assert.equal((await check(trusting("arn:aws:iam::111122223333:root"))).result, "PASS");
}

export async function refusals_are_the_sdks_own_errors_with_their_members() {
  const wrong = await refusal(analyzer.send(new ValidatePolicyCommand({ policyDocument: "{}", policyType: "NONE" })));
  assert.equal(wrong.name, "ValidationException");
  assert.equal(wrong.$metadata.httpStatusCode, 400);
  assert.equal(wrong.reason, "fieldValidationFailed");
  assert.deepEqual(wrong.fieldList.map((field) => field.name), ["policyType"]);
  const invalid = await refusal(analyzer.send(new CheckNoPublicAccessCommand({ policyDocument: "{}", resourceType: "AWS::S3::Bucket" })));
  assert.equal(invalid.name, "InvalidParameterException");
  const denied = await refusal((await user()).analyzer.send(new ValidatePolicyCommand({ policyDocument: "{}", policyType: "IDENTITY_POLICY" })));
  assert.equal(denied.name, "AccessDeniedException");
  assert.equal(denied.$metadata.httpStatusCode, 403);
  assert.match(denied.message, /is not authorized to perform: access-analyzer:ValidatePolicy/);
}
