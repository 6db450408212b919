// The policies of Population.cs in Cedar, parsed beforehand, and the same three requests. Usage: node cedar.mjs APPLICATIONS
// Cedar's patterns hold no variables; "the caller's own folder" is an attribute of the resource there, as its guide advises.
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';

const applications = Number(process.argv[2]);

const statements = i => `
permit(principal, action in [Action::"s3:GetObject", Action::"s3:ListBucket"], resource)
  when { resource.arn like "arn:aws:s3:::data-${i}/*" && principal.team == "team-${i}" };
permit(principal, action in Action::"s3", resource) when { resource.bucket == "home-${i}" && resource.owner == principal.username };
permit(principal, action in Action::"ec2:Describe", resource);
permit(principal, action == Action::"sqs:SendMessage", resource)
  when { resource.arn == "arn:aws:sqs:us-east-1:111122223333:queue-${i}" && context.sourceIp.isInRange(ip("10.${i}.0.0/16")) };
permit(principal, action in [Action::"dynamodb:GetItem", Action::"dynamodb:PutItem", Action::"dynamodb:Query"], resource)
  when { resource.arn like "arn:aws:dynamodb:us-east-1:111122223333:table/t-${i}-*" };
permit(principal, action == Action::"kms:Decrypt", resource)
  when { resource.arn like "arn:aws:kms:us-east-1:111122223333:key/*" && context has viaService && context.viaService like "s3.*.amazonaws.com" };
permit(principal, action == Action::"s3:PutObject", resource)
  when { resource.bucket == "drop-${i}" && resource.owner == principal.username && context.secureTransport };
forbid(principal, action in Action::"s3:Delete", resource)
  when { resource.arn like "arn:aws:s3:::data-${i}/*" && !(context has mfa && context.mfa) };
forbid(principal, action in Action::"s3", resource) when { resource.arn like "arn:aws:s3:::secret-${i}/*" && principal.level != "high" };
forbid(principal, action, resource)
  when { context.region != "us-east-1" && context.region != "eu-central-1" } unless { action in [Action::"iam", Action::"sts"] };`;

const parse = (id, text) => {
  const answer = cedar.preparsePolicySet(id, { staticPolicies: text });
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer));
};

const request = (policies, bucket, owner) => ({
  principal: { type: 'User', id: 'bob' },
  action: { type: 'Action', id: 's3:GetObject' },
  resource: { type: 'Object', id: 'file' },
  context: { region: 'us-east-1', secureTransport: true, sourceIp: { __extn: { fn: 'ip', arg: '10.9.8.7' } } },
  preparsedPolicySetId: policies,
  entities: [
    { uid: { type: 'User', id: 'bob' }, attrs: { username: 'bob', team: 'team-x', level: 'low' }, parents: [] },
    { uid: { type: 'Action', id: 's3:GetObject' }, attrs: {}, parents: [{ type: 'Action', id: 's3' }] },
    { uid: { type: 'Object', id: 'file' }, attrs: { arn: `arn:aws:s3:::${bucket}/${owner}/file.txt`, bucket, owner }, parents: [] },
  ],
});

const decide = call => {
  const answer = cedar.statefulIsAuthorized(call);
  if (answer.type !== 'success' || answer.response.diagnostics.errors.length) throw new Error(JSON.stringify(answer));
  return answer.response.decision;
};

const microseconds = call => {
  for (let i = 0; i < 2000; i++) decide(call);
  const times = [];
  for (let batch = 0; batch < 101; batch++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < 20; i++) decide(call);
    times.push(Number(process.hrtime.bigint() - start) / 20000);
  }
  return times.sort((a, b) => a - b)[50];
};

parse('all', Array.from({ length: applications }, (_, i) => statements(i)).join('\n'));
parse('none', '');
const last = applications - 1;
for (const [name, bucket, owner, expected] of [
  ['allowed', `home-${last}`, 'bob', 'allow'], ['denied', `secret-${last}`, 'x', 'deny'], ['not allowed', 'other', 'x', 'deny'],
]) {
  const call = request('all', bucket, owner);
  if (decide(call) !== expected) throw new Error(`${name}: ${decide(call)}`);
  console.log(`${name};${microseconds(call)};${microseconds(request('none', bucket, owner))}`);
}
