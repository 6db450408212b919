using Daypass.Leases;

namespace Daypass.AspNetCore.Tests.Support;

/// <summary>The callers of the tests, and their policies.</summary>
internal static class Known
{
    public const string ReadOnly = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/*"}}""";
    public const string Everything = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";

    public static KnownCaller Alice(params string[] policies) => new("AKIAALICEEXAMPLE0000", "alice-secret-EXAMPLE", null, User("alice", FakeNode.Owner))
    {
        Policies = policies,
        Keys = new() { ["aws:PrincipalTag/team"] = "blue", ["aws:username"] = "alice", ["aws:PrincipalArn"] = "arn:aws:iam::111122223333:user/alice" },
    };

    public static KnownCaller Stranger(params string[] policies) => new("AKIASTRANGEREXAMPLE0", "stranger-secret-EXAMPLE", null, User("mallory", "444455556666"))
    {
        Policies = policies,
    };

    public static KnownCaller Session(params string[] policies) => new("ASIASESSIONEXAMPLE00", "session-secret-EXAMPLE", "token-of-the-session-EXAMPLE", new LeasePrincipal(
        "RoleSession", FakeNode.Owner, "arn:aws:sts::111122223333:assumed-role/Reader/bob", "arn:aws:iam::111122223333:role/ops/Reader", null, "AROAEXAMPLE", "AROAEXAMPLE:bob"))
    {
        Policies = policies,
    };

    private static LeasePrincipal User(string name, string account) =>
        new("User", account, $"arn:aws:iam::{account}:user/{name}", null, $"arn:aws:iam::{account}:user/{name}", "AIDA" + name.ToUpperInvariant(), "AIDA" + name.ToUpperInvariant());
}
