// Tokens of a real OpenID provider with the AWS SDK for JavaScript: as a program has them in a file, and as it shows them itself.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { request } from "node:https";
import { CreateOpenIDConnectProviderCommand, IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { administrator, allow, endpoint, refusal, role } from "./promises.mjs";

const issuer = process.env.PROVIDER_ISSUER;
const host = issuer.slice("https://".length);
const arn = `arn:aws:iam::111122223333:oidc-provider/${host}`;

export async function a_token_file_is_all_that_a_program_needs() {
  const roleArn = await trustingRole(allow("iam:ListUsers"));
  const file = `${process.env.HOME}/token`;
  await writeFile(file, await token());
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
  Object.assign(process.env, { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: roleArn, AWS_ROLE_SESSION_NAME: "workload", AWS_ENDPOINT_URL: endpoint });
  assert.match((await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn, /\/workload$/);
  await new IAMClient({}).send(new ListUsersCommand({}));
}

export async function a_token_in_each_algorithm_gets_a_session_of_the_role() {
  const roleArn = await trustingRole();
  for (const client of ["rs256", "es256"]) {
    const answer = await assume(roleArn, await token("alice", client));
    assert.deepEqual([answer.SubjectFromWebIdentityToken, answer.Audience, answer.Provider], ["alice", client, arn]);
  }
}

export async function a_token_that_somebody_changed_is_refused() {
  const [header, , signature] = (await token()).split(".");
  const claims = Buffer.from(JSON.stringify({ iss: issuer, sub: "root", aud: "rs256", iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 60 })).toString("base64url");
  const refused = await refusal(assume(await trustingRole(), [header, claims, signature].join(".")));
  assert.equal(refused.name, "InvalidIdentityTokenException");
}

/** A role that trusts the provider, which is registered. */
export const trustingRole = async (...statements) => {
  const provider = { Url: issuer, ClientIDList: ["rs256", "es256"], ThumbprintList: [process.env.PROVIDER_THUMBPRINT] };
  await administrator.iam.send(new CreateOpenIDConnectProviderCommand(provider)).catch((error) => assert.equal(error.name, "EntityAlreadyExistsException"));
  const trust = { Effect: "Allow", Principal: { Federated: arn }, Action: "sts:AssumeRoleWithWebIdentity", Condition: { StringEquals: { [`${host}:aud`]: ["rs256", "es256"] } } };
  return role("Federated", trust, ...statements);
};

// Nobody signs: a workload has no keys.
const assume = (RoleArn, WebIdentityToken) =>
  new STSClient({ endpoint, maxAttempts: 1 }).send(new AssumeRoleWithWebIdentityCommand({ RoleArn, WebIdentityToken, RoleSessionName: "tuesday" }));

/** A token of the provider. */
export const token = async (sub = "alice", client_id = "rs256") =>
  JSON.parse(await fetched("/token", { grant_type: "urn:daypass:test", client_id, client_secret: "EXAMPLE-secret-of-a-test-client", sub })).id_token;

const fetched = (path, form) => new Promise((resolve, reject) => {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  request(issuer + path, { method: "POST", rejectUnauthorized: false, headers }, async (answer) => resolve((await answer.toArray()).join(""))).on("error", reject).end(new URLSearchParams(form).toString());
});
