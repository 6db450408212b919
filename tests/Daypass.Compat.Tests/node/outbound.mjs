// Tokens of ours at somebody else's: asked for with the AWS SDK for JavaScript, verified with jose, which knows nothing of Daypass.
import assert from "node:assert/strict";
import { EnableOutboundWebIdentityFederationCommand, GetOutboundWebIdentityFederationInfoCommand } from "@aws-sdk/client-iam";
import { GetWebIdentityTokenCommand } from "@aws-sdk/client-sts";
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, errors, jwtVerify } from "jose";
import { administrator, allow, daypass, refusal, role, trusting, unique, user } from "./promises.mjs";

const audience = "https://api.example.com";
const algorithms = { RS256: "web-identity-rs256", ES384: "web-identity-es384" };

// The switch is the account's, and each promise finds it as another has left it.
async function issuer() {
  await administrator.iam.send(new EnableOutboundWebIdentityFederationCommand({})).catch((error) => assert.equal(error.name, "FeatureEnabledException"));
  const info = await administrator.iam.send(new GetOutboundWebIdentityFederationInfoCommand({}));
  assert.equal(info.JwtVendingEnabled, true);
  return info.IssuerIdentifier;
}

/** A verifier as they all are: told the issuer and nothing else, it finds the keys. It says how often it has fetched them. */
async function discover(iss) {
  const answer = await fetch(`${iss}/.well-known/openid-configuration`);
  assert.match(answer.headers.get("cache-control"), /^public, max-age=1$/);
  const { issuer, jwks_uri, id_token_signing_alg_values_supported } = await answer.json();
  assert.equal(issuer, iss);
  const verifier = { fetched: 0 };
  const fetching = (...request) => ++verifier.fetched && fetch(...request);
  const keys = createRemoteJWKSet(new URL(jwks_uri), { cacheMaxAge: Infinity, cooldownDuration: Infinity, [customFetch]: fetching });
  verifier.verify = (token, more = {}) => jwtVerify(token, keys, { issuer: iss, audience, algorithms: id_token_signing_alg_values_supported, ...more });
  return verifier;
}

const token = async (keys, SigningAlgorithm, more = {}) =>
  (await keys.sts.send(new GetWebIdentityTokenCommand({ Audience: [audience], SigningAlgorithm, ...more }))).WebIdentityToken;

export async function a_stock_verifier_knows_the_role_by_both_algorithms() {
  const iss = await issuer();
  const alice = await user();
  const workload = await alice.assume(await role("Workload", trusting(await alice.arn()), allow("sts:*WebIdentityToken")));
  const verifier = await discover(iss);
  for (const alg of Object.keys(algorithms)) {
    const jwt = await token(workload, alg, { DurationSeconds: 900, Tags: [{ Key: "job", Value: "7" }] });
    const { payload, protectedHeader } = await verifier.verify(jwt);
    assert.deepEqual([protectedHeader.alg, payload.exp - payload.iat, payload.aud], [alg, 900, audience]);
    assert.equal(payload.sub, `arn:aws:iam::111122223333:role/${unique("Workload")}`);
    assert.deepEqual(payload["https://sts.amazonaws.com/"].request_tags, { job: "7" });
    const [header, claims, signature] = jwt.split(".");
    const forged = Buffer.from(JSON.stringify({ ...payload, sub: "arn:aws:iam::111122223333:role/admin" })).toString("base64url");
    await assert.rejects(verifier.verify([header, forged, signature].join(".")), errors.JWSSignatureVerificationFailed);
    await assert.rejects(verifier.verify([header, claims, signature].join("."), { audience: "https://other.example.com" }), errors.JWTClaimValidationFailed);
  }
  assert.equal(verifier.fetched, 1);
}

export async function a_verifier_that_looked_in_between_notices_no_rotation() {
  const iss = await issuer();
  for (const [alg, purpose] of Object.entries(algorithms)) {
    const before = await token(administrator, alg);
    await daypass("RotateKeys", { Purpose: purpose });
    // It fetches now, once, and never again: the key to come is there already.
    const verifier = await discover(iss);
    await verifier.verify(before);
    let after = before;
    while (decodeProtectedHeader(after).kid === decodeProtectedHeader(before).kid) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      after = await token(administrator, alg);
    }
    await verifier.verify(after);
    assert.equal(verifier.fetched, 1);
    // And one that comes new verifies what was signed before.
    await (await discover(iss)).verify(before);
  }
}

export async function a_token_of_one_account_is_none_of_another() {
  const iss = await issuer();
  const verifier = await discover(iss.replace("111122223333", "444455556666"));
  await assert.rejects(verifier.verify(await token(administrator, "RS256")), errors.JWTClaimValidationFailed);
}

export async function errors_have_their_own_classes() {
  await issuer();
  const alice = await user();
  const session = await alice.assume(await role("Short", trusting(await alice.arn()), allow("sts:*")), { DurationSeconds: 900 });
  assert.equal((await refusal(token(session, "RS256", { DurationSeconds: 3600 }))).name, "SessionDurationEscalationException");
  const Tags = Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: "v".repeat(256) }));
  assert.equal((await refusal(token(session, "RS256", { Tags }))).name, "JWTPayloadSizeExceededException");
}
