// Policies without a server, with nothing but the package Daypass.Core: parse, validate, decide, explain, compare.
// Usage: ./run sample policy-questions [POLICY-FILE ACTION RESOURCE [KEY=VALUE ...]]
using Daypass.Names;
using Daypass.Policies;
using Daypass.Policies.Comparing;
using Daypass.Policies.Validation;

const string Example = """
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Sid": "OwnFolder", "Effect": "Allow", "Action": "s3:*Object", "Resource": "arn:aws:s3:::team/${aws:username}/*" },
        { "Sid": "OnlyTls", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } } }
      ]
    }
    """;

if (args is [_] or [_, _])
{
    Console.Error.WriteLine("Usage: policy-questions [POLICY-FILE ACTION RESOURCE [KEY=VALUE ...]]");
    return 2;
}

// 1. From text to a policy. What is wrong is a value, with AWS's message and the place.
var text = args is [var file, ..] ? File.ReadAllText(file) : Example;
if (PolicyDocument.TryParse(text, PolicyType.Identity, out var error) is not { } document)
{
    Console.Error.WriteLine($"Line {error!.Position.Line}, column {error.Position.Column}: {error.Message}");
    return 1;
}

// 2. What else can be said of it: faults, risks, and what has no effect.
foreach (var finding in PolicyValidator.Validate(text, PolicyType.Identity))
{
    var place = finding.Locations.Count > 0 ? $"line {finding.Locations[0].Start.Line}" : "whole";
    Console.WriteLine($"{finding.Type} {finding.IssueCode} ({place}): {finding.Details}");
}

// 3. Who asks, and for what. The context holds the condition keys, as a server that protects the resource would fill them.
if (!AccountId.TryParse("111122223333", out var account))
    return 1;
var bob = Principal.User(account, $"arn:aws:iam::{account}:user/bob", "AIDAEXAMPLEEXAMPLE123");
var policies = new PolicySet { Identity = [new Policy(document, "bob's", null)] };

if (args is [_, var action, var resource, .. var keys])
{
    Ask(action, resource, keys);
    return 0;
}
Ask("s3:PutObject", "arn:aws:s3:::team/bob/plan.txt", ["aws:SecureTransport=true"]);
Ask("s3:PutObject", "arn:aws:s3:::team/alice/plan.txt", ["aws:SecureTransport=true"]);
Ask("s3:GetObject", "arn:aws:s3:::team/bob/plan.txt", ["aws:SecureTransport=false"]);

// 5. Would an edit give away more? If so, which request shows it.
var edited = PolicyDocument.Parse(text.Replace("/${aws:username}/*", "/*", StringComparison.Ordinal), PolicyType.Identity);
var comparison = PolicyComparer.CheckNoNewAccess(edited, document);
Console.WriteLine(comparison.Passes ? "The edit allows nothing new." : $"The edit allows more: {comparison.CounterExample?.Action} on {comparison.CounterExample?.Resource}");
return 0;

// 4. The answer, AWS's sentence, and why.
void Ask(string action, string resource, string[] keys)
{
    var context = new RequestContext();
    context.Set("aws:username", "bob");
    foreach (var pair in keys.Select(key => key.Split('=', 2)))
        context.Set(pair[0], pair.ElementAtOrDefault(1) ?? "");
    var request = new AccessRequest(bob, action, resource, account, context);

    var decision = PolicyEvaluator.Evaluate(request, policies);
    Console.WriteLine($"{action} on {resource}: {(decision.IsAllowed ? "allowed" : "denied " + decision.Because(action))}");
    Console.WriteLine(PolicyEvaluator.Explain(request, policies).ToText());
}
