// What every promise needs to play its part.
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { AccessAnalyzerClient } from "@aws-sdk/client-accessanalyzer";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { SignatureV4 } from "@smithy/signature-v4";

export const endpoint = process.env.DAYPASS_ENDPOINT;
export const buckets = process.env.DAYPASS_BUCKETS;

/** A name that no other promise uses. */
export const unique = (name) => name + process.env.DAYPASS_SUFFIX;

/** Somebody with keys, and stock clients that sign with them. A refusal must be seen as it is, not tried again. */
export class Keys {
  constructor(answer) {
    this.credentials = answer && { accessKeyId: answer.AccessKeyId, secretAccessKey: answer.SecretAccessKey, sessionToken: answer.SessionToken };
    const settings = { endpoint, maxAttempts: 1, ...(answer && { credentials: this.credentials }) };
    this.sts = new STSClient(settings);
    this.iam = new IAMClient(settings);
    this.organizations = new OrganizationsClient(settings);
    this.trail = new CloudTrailClient(settings);
    this.analyzer = new AccessAnalyzerClient(settings);
    this.s3 = new S3Client({ ...settings, endpoint: buckets, forcePathStyle: true });
  }

  async arn() {
    return (await this.sts.send(new GetCallerIdentityCommand({}))).Arn;
  }

  async assume(roleArn, more = {}) {
    const answer = await this.sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "tuesday", ...more }));
    return new Keys(answer.Credentials);
  }
}

/** The administrator's keys come from the environment, as everybody's do. */
export const administrator = new Keys();

/** A user with an access key and no rights. */
export async function user(name = "alice") {
  await administrator.iam.send(new CreateUserCommand({ UserName: unique(name) }));
  const answer = await administrator.iam.send(new CreateAccessKeyCommand({ UserName: unique(name) }));
  return new Keys(answer.AccessKey);
}

export async function role(name, trust, ...statements) {
  const answer = await administrator.iam.send(new CreateRoleCommand({ RoleName: unique(name), AssumeRolePolicyDocument: document(trust) }));
  if (statements.length > 0)
    await administrator.iam.send(new PutRolePolicyCommand({ RoleName: unique(name), PolicyName: "rights", PolicyDocument: document(...statements) }));
  return answer.Role.Arn;
}

export const document = (...statements) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

export const allow = (action, resource = "*") => ({ Effect: "Allow", Action: action, Resource: resource });

export const trusting = (principal) => ({ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole" });

/** The error that a call is refused with. Fails when it is not refused. */
export async function refusal(call) {
  try {
    await call;
  } catch (error) {
    return error;
  }
  assert.fail("not refused");
}

/** What a denial says before the encoded authorization message that it must carry. */
export function sentence(message) {
  const [, said] = /^(.*) Encoded authorization failure message: ([\w-]{2048}|[\w-]{4096}|[\w-]{6827}|[\w-]{10240})$/.exec(message) ?? assert.fail(message);
  return said;
}

/** Policy time goes forward; the clocks of clients do not notice. */
export const advanceClock = (seconds) => daypass("AdvanceClock", { Seconds: seconds });

/** A call of Daypass's own API by the administrator. */
export async function daypass(action, parameters) {
  const url = new URL(endpoint);
  const body = new URLSearchParams({ Action: action, Version: "2026-11-22", ...parameters }).toString();
  const credentials = { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY };
  const signer = new SignatureV4({ credentials, region: "us-east-1", service: "daypass", sha256: Sha256 });
  const headers = { host: url.host, "content-type": "application/x-www-form-urlencoded" };
  const signed = await signer.sign({ method: "POST", protocol: url.protocol, hostname: url.hostname, port: Number(url.port), path: "/", query: {}, headers, body });
  const answer = await fetch(url, { method: "POST", headers: signed.headers, body });
  assert.equal(answer.status, 200, await answer.text());
}

class Sha256 {
  #hash;
  constructor(secret) {
    this.#hash = secret ? createHmac("sha256", secret) : createHash("sha256");
  }
  update(data) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
}
