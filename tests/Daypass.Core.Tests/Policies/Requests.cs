using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Callers, policies and requests that the tests of the engine have in common.</summary>
internal static class Requests
{
    public const string UserArn = "arn:aws:iam::111111111111:user/bob";
    public const string RoleArn = "arn:aws:iam::111111111111:role/path/r";
    public const string SessionArn = "arn:aws:sts::111111111111:assumed-role/r/s";
    public const string FederatedArn = "arn:aws:sts::111111111111:federated-user/fed";
    public const string UserId = "AIDAEXAMPLEEXAMPLE001";
    public const string RoleId = "AROAEXAMPLEEXAMPLE001";
    public const string ObjectArn = "arn:aws:s3:::b/k";

    public static readonly AccountId Account = AccountId.Of(111111111111);
    public static readonly AccountId Other = AccountId.Of(222222222222);

    public static readonly Principal User = Principal.User(Account, UserArn, UserId);
    public static readonly Principal Session = Principal.RoleSession(Account, SessionArn, RoleArn, RoleId);
    public static readonly Principal Federated = Principal.FederatedUser(Account, FederatedArn, UserArn, UserId);
    public static readonly Principal Root = Principal.Root(Account);

    /// <summary>A document of the given statements, in version 2012-10-17; single quotes stand for double ones.</summary>
    public static PolicyDocument Document(PolicyType type, params string[] statements) =>
        PolicyDocument.Parse(Json($"{{'Version':'2012-10-17','Statement':[{string.Join(',', statements)}]}}"), type);

    public static Policy Policy(PolicyType type, params string[] statements) => new(Document(type, statements), "inline", null);

    public static string Json(string text) => text.Replace('\'', '"');

    public static AccessRequest Request(
        Principal? caller = null, string action = "s3:GetObject", string resource = ObjectArn, AccountId? owner = null, RequestContext? context = null, bool isTrust = false) =>
        new(caller ?? User, action, resource, owner ?? Account, context ?? new RequestContext(), isTrust);

    /// <summary>A context of <c>key=value</c> texts; <c>key=[a,b]</c> is a list.</summary>
    public static RequestContext Context(params string[] entries)
    {
        var context = new RequestContext();
        foreach (var entry in entries)
        {
            var (key, value) = (entry[..entry.IndexOf('=')], entry[(entry.IndexOf('=') + 1)..]);
            if (value.StartsWith('['))
                context.SetList(key, value.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries));
            else
                context.Set(key, value);
        }
        return context;
    }
}
