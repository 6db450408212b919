namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>Random policies and calls over a small vocabulary of IAM, so that they meet often. The seed makes a run repeatable.</summary>
internal sealed class RandomRights(int seed)
{
    public const string Arn = "arn:aws:iam::123456789012:";

    private static readonly string[] Actions =
        ["*", "iam:*", "iam:Get*", "iam:List*", "iam:GetUser", "IAM:*user*", "iam:Tag*", "iam:Put?serPolicy", "iam:ListUserTags", "iam:GetRole", "iam:*Group*", "iam:AttachUserPolicy", "sts:AssumeRole", "sts:*", "s3:*"];

    private static readonly string[] Resources =
    [
        "*", Arn + "*", Arn + "user/*", Arn + "user/alice", Arn + "user/bob", Arn + "role/worker", Arn + "group/writers", Arn + "policy/limits", "arn:aws:iam::*:role/?o*",
        Arn + "user/${aws:username}", Arn + "*/${aws:PrincipalTag/friend, ~bob~}", Arn + "user/${aws:PrincipalTag/none}",
    ];

    private static readonly (string Key, string[] Values)[] Texts =
    [
        ("aws:username", ["alice", "bob", "al*"]), ("aws:PrincipalTag/team", ["ops", "dev", "${iam:ResourceTag/team}"]), ("AWS:principaltag/TEAM", ["ops"]), ("aws:PrincipalTag/none", ["x"]),
        ("iam:ResourceTag/team", ["ops", "dev", "${aws:PrincipalTag/team}"]), ("aws:ResourceTag/team", ["ops", "dev"]), ("aws:PrincipalType", ["User", "AssumedRole"]),
        ("aws:userid", ["AIDA*", "AROA*", "*:walk"]), ("aws:RequestTag/team", ["ops", "dev"]), ("sts:ExternalId", ["42", "43"]), ("sts:RoleSessionName", ["walk", "${aws:username}"]), ("aws:PrincipalAccount", ["123456789012"]),
    ];

    private static readonly (string Key, string[] Values)[] Arns =
    [
        ("aws:PrincipalArn", [Arn + "user/*", Arn + "role/worker", "arn:aws:iam::*:user/alice"]), ("iam:PolicyARN", [Arn + "policy/*", Arn + "policy/other"]),
        ("iam:PermissionsBoundary", [Arn + "policy/limits", Arn + "policy/other"]),
    ];

    private static readonly string[] Others =
    [
        "'IpAddress':{'aws:SourceIp':['127.0.0.0/8']}", "'NotIpAddress':{'aws:SourceIp':'127.0.0.1'}", "'Bool':{'aws:SecureTransport':'true'}", "'Bool':{'aws:SecureTransport':'false'}",
        "'Bool':{'aws:MultiFactorAuthPresent':'false'}", "'BoolIfExists':{'aws:MultiFactorAuthPresent':'false'}", "'DateGreaterThan':{'aws:CurrentTime':'2020-01-01T00:00:00Z'}",
        "'DateLessThan':{'aws:CurrentTime':'2020-01-01T00:00:00Z'}", "'NumericGreaterThan':{'aws:EpochTime':'1000'}", "'Null':{'aws:username':'true'}", "'Null':{'aws:RequestTag/team':'false'}",
        "'ForAnyValue:StringEquals':{'aws:TagKeys':['team','x']}", "'ForAllValues:StringLike':{'aws:TagKeys':['te*']}", "'ForAnyValue:StringNotEquals':{'aws:TagKeys':'team'}", "'StringEquals':{'aws:TagKeys':'team'}",
    ];

    private static readonly string[] Trusted = ["'*'", "{'AWS':'123456789012'}", $"{{'AWS':'{Arn}user/alice'}}", $"{{'AWS':'{Arn}user/bob'}}", $"{{'AWS':['{Arn}role/worker','{Arn}user/bob']}}", "{'AWS':'arn:aws:sts::123456789012:assumed-role/worker/walk'}"];

    private readonly Random _random = new(seed);

    public int Next(int below) => _random.Next(below);

    public T One<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public string Policy() => Document(_random.Next(1, 4), () => $"'{(_random.Next(5) == 0 ? "NotAction" : "Action")}':{List(Actions)},'{(_random.Next(6) == 0 ? "NotResource" : "Resource")}':{List(Resources)}", 4);

    /// <summary>A limit that leaves something: its first statement is wide.</summary>
    public string Limit() => Policy().Replace("[{", """[{"Effect":"Allow","Action":["iam:*","sts:*"],"Resource":"*"},{""", StringComparison.Ordinal) is var wide && _random.Next(2) == 0 ? wide : Policy();

    public string Trust() => Document(_random.Next(1, 3), () => $"'Principal':{One(Trusted)},'Action':'sts:AssumeRole'", 6);

    private string Document(int statements, Func<string> body, int denyOneIn) =>
        $"{{'Version':'2012-10-17','Statement':[{string.Join(',', Enumerable.Range(0, statements).Select(_ => $"{{'Effect':'{(_random.Next(denyOneIn) == 0 ? "Deny" : "Allow")}',{body()}{Conditions()}}}"))}]}}"
            .Replace('\'', '"').Replace('~', '\'');

    private string Conditions() => _random.Next(3) switch
    {
        0 => "",
        1 => $",'Condition':{{{Condition()}}}",
        // Of two kinds of operator, for a name may come once only.
        _ => $",'Condition':{{{Of(Arns, ["ArnLike", "ArnNotLike", "ArnLikeIfExists"])},{Text()}}}",
    };

    private string Condition() => _random.Next(3) switch { 0 => One(Others), 1 => Of(Arns, ["ArnLike", "ArnNotLike", "ArnEqualsIfExists"]), _ => Text() };

    private string Text() => Of(Texts, ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIfExists", "StringLikeIfExists", "StringEqualsIgnoreCase", "ForAnyValue:StringLike"]);

    private string Of((string Key, string[] Values)[] keys, string[] operators)
    {
        var (key, values) = One(keys);
        return $"'{One(operators)}':{{'{key}':{List(values)}}}";
    }

    private string List(string[] from) => $"['{string.Join("','", Enumerable.Range(0, _random.Next(1, 3)).Select(_ => One(from)))}']";
}
