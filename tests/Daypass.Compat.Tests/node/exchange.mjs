// Tokens of a real OpenID provider, exchanged with a stock OAuth client (openid-client), which finds the endpoint by RFC 8414; what comes back is verified
// with jose, and used with the AWS SDK.
import assert from "node:assert/strict";
import { EnableOutboundWebIdentityFederationCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { createRemoteJWKSet, jwtVerify } from "jose";
import * as oauth from "openid-client";
import { administrator, allow, endpoint, Keys, unique } from "./promises.mjs";
import { token, trustingRole } from "./federation.mjs";

const grant = "urn:ietf:params:oauth:grant-type:token-exchange";
const jwt = "urn:ietf:params:oauth:token-type:jwt";
const idToken = "urn:ietf:params:oauth:token-type:id_token";
const awsCredentials = "urn:daypass:params:oauth:token-type:aws-credentials";
const audience = "https://api.example.com";

export async function an_oauth_client_gets_a_token_for_a_role_and_its_audience_verifies_it() {
  await enable();
  const role = await trustingRole(allow("sts:GetWebIdentityToken"));
  const answer = await exchange({ resource: role, audience, duration_seconds: "600" });
  assert.deepEqual([answer.issued_token_type, answer.token_type, answer.expires_in > 590 && answer.expires_in <= 600], [jwt, "bearer", true]);
  const issuer = `${endpoint.replace(/\/$/, "")}/web-identity/111122223333`;
  const { payload, protectedHeader } = await jwtVerify(answer.access_token, createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`)), { issuer, audience });
  assert.deepEqual([payload.sub, protectedHeader.alg], [role, "RS256"]);
  const other = await exchange({ resource: role, audience, signing_algorithm: "ES384", requested_token_type: jwt });
  assert.equal((await jwtVerify(other.access_token, createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`)), { issuer, audience })).protectedHeader.alg, "ES384");
}

export async function an_oauth_client_gets_aws_credentials_that_work() {
  const role = await trustingRole(allow("iam:ListUsers"));
  const answer = await exchange({ resource: role, requested_token_type: awsCredentials });
  assert.deepEqual([answer.issued_token_type, answer.token_type], [awsCredentials, "n_a"]);
  const keys = new Keys(JSON.parse(answer.access_token));
  assert.match(await keys.arn(), new RegExp(`:assumed-role/${unique("Federated")}/alice$`));
  await keys.iam.send(new ListUsersCommand({}));
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [allow("iam:ListRoles")] });
  const narrowed = await exchange({ audience: role, requested_token_type: awsCredentials, policy, duration_seconds: "900", role_session_name: "build-7" });
  assert.ok(narrowed.expires_in > 890 && narrowed.expires_in <= 900);
  const narrow = new Keys(JSON.parse(narrowed.access_token));
  assert.match(await narrow.arn(), /\/build-7$/);
  await assert.rejects(narrow.iam.send(new ListUsersCommand({})), { name: "AccessDenied" });
}

export async function the_exchange_asks_and_records_both_calls() {
  await enable();
  const role = await trustingRole(allow("iam:ListUsers"));
  // The trust lets it in; the role itself may get no token.
  await refused("invalid_target", { resource: role, audience }, /GetWebIdentityToken/);
  const records = [];
  for (const name of ["AssumeRoleWithWebIdentity", "GetWebIdentityToken"]) {
    const { Events } = await administrator.trail.send(new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: name }] }));
    records.push(...Events.map((event) => JSON.parse(event.CloudTrailEvent)).filter((record) => JSON.stringify(record).includes(unique("Federated"))));
  }
  assert.deepEqual(records.map((record) => [record.eventName, record.errorCode, record.additionalEventData.oauthGrantType]),
    [["AssumeRoleWithWebIdentity", undefined, grant], ["GetWebIdentityToken", "AccessDenied", grant]]);
  assert.equal(records[0].requestID, records[1].requestID);
}

export async function a_refusal_is_one_that_an_oauth_client_understands() {
  await enable();
  const role = await trustingRole(allow("sts:GetWebIdentityToken"));
  const good = await token();
  const [header, , signature] = good.split(".");
  await refused("invalid_request", { resource: role, audience, subject_token: [header, Buffer.from('{"sub":"root"}').toString("base64url"), signature].join(".") });
  await refused("invalid_request", { resource: role, audience, subject_token: await token("alice", "stranger") }, /audience/);
  await refused("invalid_target", { resource: `${role}x`, audience }, /Not authorized/);
  await refused("invalid_target", { audience }, /resource/);
  await refused("invalid_target", { resource: role }, /audience/);
  await refused("invalid_scope", { resource: role, audience, scope: "openid" });
  await refused("invalid_request", { resource: role, audience, actor_token: good, actor_token_type: idToken }, /actor_token/);
  await refused("invalid_request", { resource: role, audience, duration_seconds: "86400" });
}

const enable = () => administrator.iam.send(new EnableOutboundWebIdentityFederationCommand({})).catch((error) => assert.equal(error.name, "FeatureEnabledException"));

const refused = (error, parameters, why = /./) => assert.rejects(exchange(parameters), (failure) => {
  assert.deepEqual([failure.error, failure.status], [error, 400], failure.message);
  assert.match(failure.error_description, why);
  return true;
});

const exchange = async (parameters) => {
  const server = await oauth.discovery(new URL(endpoint), "a-stock-client", undefined, oauth.None(), { algorithm: "oauth2", execute: [oauth.allowInsecureRequests] });
  return oauth.genericGrantRequest(server, grant, { subject_token: await token(), subject_token_type: idToken, ...parameters });
};
