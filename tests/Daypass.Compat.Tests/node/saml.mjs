// A SAML provider with private keys of ours, and its encrypted assertions, with the AWS SDK for JavaScript.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { CreateSAMLProviderCommand, GetSAMLProviderCommand, UpdateSAMLProviderCommand } from "@aws-sdk/client-iam";
import { AssumeRoleWithSAMLCommand } from "@aws-sdk/client-sts";
import { administrator, Keys, refusal, role, unique } from "./promises.mjs";

export async function an_encrypted_assertion_gets_a_session() {
  const { provider, roleArn } = await provider_and_role({ AddPrivateKey: key(), AssertionEncryptionMode: "Allowed" });
  for (const encrypt of [null, "aes128-gcm", "aes256-gcm"]) {
    const answer = await assume(provider, roleArn, response(provider, roleArn, { encrypt }));
    assert.deepEqual([answer.Subject, answer.SubjectType], ["alice@example.com", "persistent"]);
    assert.equal(await new Keys(answer.Credentials).arn(), answer.AssumedRoleUser.Arn);
  }
}

export async function a_provider_that_must_encrypt_does() {
  const { provider, roleArn } = await provider_and_role({ AddPrivateKey: key(), AssertionEncryptionMode: "Required" });
  assert.equal((await refusal(assume(provider, roleArn, response(provider, roleArn)))).name, "InvalidIdentityTokenException");
  await assume(provider, roleArn, response(provider, roleArn, { encrypt: "aes256-gcm" }));
}

export async function private_keys_come_and_go_and_are_never_shown() {
  const { provider } = await provider_and_role({ AddPrivateKey: key(), AssertionEncryptionMode: "Required" });
  await update(provider, { AddPrivateKey: key() });
  assert.equal((await refusal(update(provider, { AddPrivateKey: key() }))).name, "LimitExceededException");
  const shown = await administrator.iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: provider }));
  assert.equal(shown.AssertionEncryptionMode, "Required");
  assert.equal(shown.PrivateKeyList.length, 2);
  const [first, second] = shown.PrivateKeyList;
  assert.deepEqual(Object.keys(first).sort(), ["KeyId", "Timestamp"]);
  assert.ok(first.Timestamp instanceof Date);
  await update(provider, { RemovePrivateKey: first.KeyId });
  assert.equal((await refusal(update(provider, { RemovePrivateKey: second.KeyId }))).name, "InvalidInputException");
  await update(provider, { RemovePrivateKey: second.KeyId, AssertionEncryptionMode: "Allowed" });
  assert.equal((await administrator.iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: provider }))).PrivateKeyList, undefined);
}

const key = () => readFileSync(process.env.SAML_RECIPIENT_KEY, "utf8");

const update = (provider, changes) => administrator.iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn: provider, ...changes }));

async function provider_and_role(encryption) {
  const made = await administrator.iam.send(new CreateSAMLProviderCommand({ Name: unique("corp"), SAMLMetadataDocument: issuer("metadata"), ...encryption }));
  const trust = { Effect: "Allow", Principal: { Federated: made.SAMLProviderArn }, Action: "sts:AssumeRoleWithSAML", Condition: { StringEquals: { "saml:aud": "https://signin.aws.amazon.com/saml" } } };
  return { provider: made.SAMLProviderArn, roleArn: await role("People", trust) };
}

const assume = (provider, roleArn, assertion) => administrator.sts.send(new AssumeRoleWithSAMLCommand({ RoleArn: roleArn, PrincipalArn: provider, SAMLAssertion: assertion }));

const response = (provider, roleArn, said = {}) => issuer("response", JSON.stringify({ roles: [`${roleArn},${provider}`], ...said }));

const issuer = (...words) => execFileSync(process.execPath, [process.env.SAML_ISSUER, ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
