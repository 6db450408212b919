// What sessions carry, with the AWS SDK for JavaScript.
import assert from "node:assert/strict";
import { ListRolesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetAccessKeyInfoCommand, GetCallerIdentityCommand, GetFederationTokenCommand, STSClient } from "@aws-sdk/client-sts";
// Once loaded, all clients can sign with it.
import "@smithy/signature-v4a";
import { administrator, allow, document, endpoint, Keys, refusal, role, trusting, unique, user } from "./promises.mjs";

const marking = (principal) => ({ ...trusting(principal), Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"] });
const marks = { Tags: [{ Key: "Team", Value: "blue" }], TransitiveTagKeys: ["Team"], SourceIdentity: "alice" };

export async function tags_and_source_identity_go_down_the_chain() {
  const alice = await user();
  const first = await role("First", marking(await alice.arn()), allow("sts:*"));
  const listing = { ...allow("iam:ListRoles"), Condition: { StringEquals: { "aws:PrincipalTag/Team": "blue", "aws:SourceIdentity": "alice" } } };
  const second = await role("Second", marking(first), listing);
  const session = await alice.assume(first, marks);
  const answer = await session.sts.send(new AssumeRoleCommand({ RoleArn: second, RoleSessionName: "two" }));
  assert.equal(answer.SourceIdentity, "alice");
  assert.ok(answer.PackedPolicySize > 0);
  assert.ok((await new Keys(answer.Credentials).iam.send(new ListRolesCommand({}))).Roles.length > 0);
  const plain = await (await alice.assume(first)).assume(second);
  assert.equal((await refusal(plain.iam.send(new ListRolesCommand({})))).name, "AccessDenied");
  assert.equal((await refusal(session.assume(second, { SourceIdentity: "bob" }))).name, "AccessDenied");
  assert.equal((await refusal(session.assume(second, { Tags: [{ Key: "team", Value: "red" }] }))).name, "InvalidParameterValue");
}

export async function a_federated_user_may_do_what_both_allow() {
  const Bucket = unique("federated");
  await administrator.s3.send(new CreateBucketCommand({ Bucket }));
  await administrator.s3.send(new PutObjectCommand({ Bucket, Key: "x", Body: "for bob" }));
  const answer = await administrator.sts.send(new GetFederationTokenCommand({ Name: "bob", Policy: document(allow("s3:GetObject", `arn:aws:s3:::${Bucket}/*`)) }));
  const bob = new Keys(answer.Credentials);
  assert.equal(await bob.arn(), answer.FederatedUser.Arn);
  assert.equal(await (await bob.s3.send(new GetObjectCommand({ Bucket, Key: "x" }))).Body.transformToString(), "for bob");
  assert.equal((await refusal(bob.s3.send(new PutObjectCommand({ Bucket, Key: "x", Body: "forged" })))).name, "AccessDenied");
  assert.equal((await refusal(bob.iam.send(new ListUsersCommand({})))).name, "InvalidClientTokenId");
}

export async function too_much_to_carry_has_its_own_exception() {
  const alice = await user();
  const Tags = Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: "v".repeat(256) }));
  const error = await refusal(alice.assume(await role("Roomy", marking(await alice.arn())), { Tags }));
  assert.equal(error.name, "PackedPolicyTooLargeException");
}

export async function an_access_key_id_says_its_account() {
  const { Account } = await administrator.sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: "ASIAY34FZKBOKMUTVV7A" }));
  assert.equal(Account, "609629065308");
}

// For every region: for a named one the SDK signs as ever, whatever is preferred.
const asymmetric = { endpoint, maxAttempts: 1, authSchemePreference: ["sigv4a"], sigv4aSigningRegionSet: ["*"] };

export async function a_client_that_prefers_sigv4a_is_known_by_it() {
  const alice = await user();
  const session = await alice.assume(await role("Asymmetric", trusting(await alice.arn())));
  for (const keys of [alice, session]) {
    let authorization;
    const client = new STSClient({ ...asymmetric, credentials: keys.credentials });
    const note = (next) => (args) => next(args).finally(() => (authorization = args.request.headers.authorization));
    client.middlewareStack.addRelativeTo(note, { name: "note", relation: "after", toMiddleware: "httpSigningMiddleware" });
    assert.equal((await client.send(new GetCallerIdentityCommand({}))).Arn, await keys.arn());
    assert.match(authorization, /^AWS4-ECDSA-P256-SHA256 .*;x-amz-region-set[;,]/);
  }
  const forger = new STSClient({ ...asymmetric, credentials: { ...alice.credentials, secretAccessKey: "EXAMPLE" } });
  assert.equal((await refusal(forger.send(new GetCallerIdentityCommand({})))).name, "SignatureDoesNotMatch");
}
