using System.Globalization;
using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Bench.Policies;

/// <summary>
/// Policies as people attach them: ten statements for each of many applications, seven that allow and three that deny, with variables, wildcards
/// and conditions. The same in Cedar is in cedar/cedar.mjs.
/// </summary>
internal static class Population
{
    private const string Account = "111122223333";

    /// <summary>Application, and all actions of a statement; the number stands for {0}.</summary>
    private static readonly (string Effect, string Actions, string Resource, string Condition)[] Statements =
    [
        ("Allow", "'Action':['s3:GetObject','s3:ListBucket']", "arn:aws:s3:::data-{0}/*", "'StringEquals':{'aws:PrincipalTag/team':'team-{0}'}"),
        ("Allow", "'Action':'s3:*'", "arn:aws:s3:::home-{0}/${aws:username}/*", ""),
        ("Allow", "'Action':'ec2:Describe*'", "*", ""),
        ("Allow", "'Action':'sqs:SendMessage'", "arn:aws:sqs:us-east-1:111122223333:queue-{0}", "'IpAddress':{'aws:SourceIp':'10.{0}.0.0/16'}"),
        ("Allow", "'Action':['dynamodb:GetItem','dynamodb:PutItem','dynamodb:Query']", "arn:aws:dynamodb:us-east-1:111122223333:table/t-{0}-*", ""),
        ("Allow", "'Action':'kms:Decrypt'", "arn:aws:kms:us-east-1:111122223333:key/*", "'StringLike':{'kms:ViaService':'s3.*.amazonaws.com'}"),
        ("Allow", "'Action':'s3:PutObject'", "arn:aws:s3:::drop-{0}/${aws:username}/*", "'Bool':{'aws:SecureTransport':'true'}"),
        ("Deny", "'Action':'s3:Delete*'", "arn:aws:s3:::data-{0}/*", "'BoolIfExists':{'aws:MultiFactorAuthPresent':'false'}"),
        ("Deny", "'Action':'s3:*'", "arn:aws:s3:::secret-{0}/*", "'StringNotEquals':{'aws:PrincipalTag/level':'high'}"),
        ("Deny", "'NotAction':['iam:*','sts:*']", "*", "'StringNotEquals':{'aws:RequestedRegion':['us-east-1','eu-central-1']}"),
    ];

    /// <summary>Policies of some applications each.</summary>
    /// <param name="policies">How many.</param>
    /// <param name="applications">How many applications each is about; ten statements are about one.</param>
    /// <param name="about">Which statements concern the action that is asked for.</param>
    public static PolicySet Set(int policies, int applications = 1, Concerned about = Concerned.AsWritten) => new()
    {
        Identity = [.. Enumerable.Range(0, policies).Select(i => new Policy(PolicyDocument.Parse(Text(i * applications, applications, about), PolicyType.Identity), $"policy-{i}", null))],
    };

    /// <summary>One policy's text.</summary>
    public static string Text(int first, int applications, Concerned about = Concerned.AsWritten)
    {
        var texts = Enumerable.Range(first, applications).SelectMany(
            app => Statements.Select(statement => Statement(statement, app, about == Concerned.LastOnly && app < first + applications - 1 ? Concerned.None : about)));
        return $"{{\"Version\":\"2012-10-17\",\"Statement\":[{string.Join(',', texts)}]}}";
    }

    /// <summary>A request to read an object of an application that ends as wanted.</summary>
    public static AccessRequest Request(Outcome outcome, int application) => Request("s3:GetObject", "arn:aws:s3:::" + outcome switch
    {
        Outcome.Allowed => $"home-{application}/bob/file.txt",
        Outcome.Denied => $"secret-{application}/x/file.txt",
        _ => "other/x/file.txt",
    });

    /// <summary>How a decision ended.</summary>
    public static Outcome OutcomeOf(Decision decision) =>
        decision.IsAllowed ? Outcome.Allowed : decision.Reason == DenialReason.ExplicitDeny ? Outcome.Denied : Outcome.NotAllowed;

    /// <summary>A request of user bob with the keys that a server fills.</summary>
    public static AccessRequest Request(string action, string resource)
    {
        AccountId.TryParse(Account, out var account);
        var caller = Principal.User(account, $"arn:aws:iam::{Account}:user/bob", "AIDAEXAMPLEEXAMPLE123");
        var session = new RequestContext();
        foreach (var (key, value) in new[]
        {
            ("aws:PrincipalArn", caller.Arn), ("aws:PrincipalAccount", Account), ("aws:PrincipalType", "User"), ("aws:userid", "AIDAEXAMPLEEXAMPLE123"), ("aws:username", "bob"),
            ("aws:PrincipalTag/team", "team-x"), ("aws:PrincipalTag/level", "low"), ("aws:PrincipalTag/cost-center", "42"), ("aws:PrincipalIsAWSService", "false"),
        })
            session.Set(key, value);
        var context = new RequestContext(session);
        foreach (var (key, value) in new[]
        {
            ("aws:CurrentTime", "2026-11-22T06:00:00Z"), ("aws:EpochTime", "1795327200"), ("aws:SecureTransport", "true"), ("aws:SourceIp", "10.9.8.7"),
            ("aws:UserAgent", "aws-sdk-example/2.0"), ("aws:RequestedRegion", "us-east-1"), ("aws:ResourceAccount", Account), ("aws:ViaAWSService", "false"),
        })
            context.Set(key, value);
        return new AccessRequest(caller, action, resource, account, context);
    }

    private static string Statement((string Effect, string Actions, string Resource, string Condition) statement, int app, Concerned about)
    {
        var actions = about switch
        {
            Concerned.All when statement.Actions[1] == 'A' => "'Action':'s3:*'",
            Concerned.None => "'Action':['glue:Get*','athena:StartQueryExecution']",
            _ => statement.Actions,
        };
        var resource = about == Concerned.All && statement is { Effect: "Allow", Resource: "*" } ? "arn:aws:s3:::shared-{0}/*" : statement.Resource;
        var condition = statement.Condition.Length > 0 ? $",'Condition':{{{statement.Condition}}}" : "";
        return $"{{'Effect':'{statement.Effect}',{actions},'Resource':'{resource}'{condition}}}"
            .Replace("{0}", app.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace('\'', '"');
    }
}
