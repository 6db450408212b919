using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Attacks;

/// <summary>
/// Sessions whose kind keeps them from actions, whatever policies say: each kind, of an administrator, at every action that there is. An action
/// that is new is up to policies, or stands in the rules below.
/// </summary>
public sealed class LimitedSessions
{
    private const string KeyId = "ADMINKEYEXAMPLE1";
    private const string Unknown = "The security token included in the request is invalid.";
    private static readonly ActionCatalog Catalog = new();
    private static readonly SetId Home = SetId.Of(PipelineBench.Account);

    /// <summary>The kind of session, whether it had MFA, and what it may call of STS; and whether it may call IAM.</summary>
    public static TheoryData<string, bool, string, bool> Kinds => new()
    {
        { nameof(SessionKind.User), false, "AssumeRole GetCallerIdentity", false },
        { nameof(SessionKind.User), true, "AssumeRole GetCallerIdentity", true },
        { nameof(SessionKind.FederatedUser), false, "GetCallerIdentity", false },
        { nameof(SessionKind.AssumedRole), false, "AssumeRole AssumeRoot DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetWebIdentityToken", true },
    };

    // Whom an account lets in is IAM's matter, whatever API it is written by.
    private static readonly string[] OfProviders =
    [
        "daypass:DeleteLDAPProvider", "daypass:GetLDAPProvider", "daypass:ListLDAPProviders", "daypass:PutLDAPProvider",
        "daypass:ExplainFederation", "daypass:ListTrustFindings", "daypass:GetOpenIDConnectProviderSettings", "daypass:PutOpenIDConnectProviderSettings",
    ];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_session_is_kept_from_what_its_kind_may_not_call_and_from_nothing_else(string kind, bool hasMfa, string sts, bool iam)
    {
        await using var bench = await PipelineBench.StartAsync(new ThrottleOptions { RefusalsPerSource = 0, WritesPerAccount = 0 });
        var session = await SessionAsync(bench, Enum.Parse<SessionKind>(kind), hasMfa);
        Assert.Null((await bench.CallAsync(session, "GetCallerIdentity")).Error);

        Dictionary<string, string> expected = [], found = [];
        foreach (var action in Catalog.All.Where(action => action.Proof == Proof.Signature))
        {
            var name = $"{action.Service.Name}:{action.Name}";
            if ((action.Service == ActionCatalog.Iam || action.Service == ActionCatalog.RolesAnywhere || OfProviders.Contains(name)) && !iam)
                expected[name] = Unknown;
            else if (action.Service == ActionCatalog.Sts && !sts.Split(' ').Contains(action.Name))
                expected[name] = $"Cannot call {action.Name} with session credentials";
            var error = (await bench.CallAsync(session, action.Name)).Error;
            if (error is { Code: "InvalidClientTokenId" } || error?.Message.StartsWith("Cannot call", StringComparison.Ordinal) == true)
                found[name] = error.Message;
        }
        Assert.Equal(expected.OrderBy(pair => pair.Key), found.OrderBy(pair => pair.Key));
        // The bench has no archive of the trail; nothing else of all that has failed.
        Assert.All(bench.Failures, failure => Assert.IsType<NotSupportedException>(failure));
        // Nothing of all that has ended the session.
        Assert.Null((await bench.CallAsync(session, "GetCallerIdentity")).Error);
    }

    [Fact]
    public async Task What_a_session_may_not_call_is_said_before_what_is_wrong_with_the_call()
    {
        await using var bench = await PipelineBench.StartAsync(new ThrottleOptions { RefusalsPerSource = 0 });
        var session = await SessionAsync(bench, SessionKind.FederatedUser, hasMfa: false);
        Assert.Equal("AccessDenied", (await bench.CallAsync(session, "AssumeRole", ("DurationSeconds", "1"))).Error?.Code);
        Assert.Equal("InvalidClientTokenId", (await bench.CallAsync(session, "GetUser", ("UserName", "*"))).Error?.Code);
    }

    private static async Task<(string Id, string Secret, string? Token)> SessionAsync(PipelineBench bench, SessionKind kind, bool hasMfa)
    {
        const string Everything = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
        var admin = (await bench.HomeAsync()).FindUser("admin")!;
        var role = new Role { Name = "worker", Path = "/", Id = "AROAEXAMPLEWORKER", Created = default, Trust = new TrustPolicy("", new Dictionary<string, string>()), Inline = [new InlinePolicy("all", Everything)] };
        await bench.PutAsync(Home, DocumentKinds.Role, role);
        var entropy = new SeededEntropy();
        var id = Identifiers.AccessKey(AccessKeyId.TemporaryPrefix, PipelineBench.Account, entropy);
        var claims = new SessionClaims
        {
            Kind = kind,
            Account = PipelineBench.Account,
            PrincipalId = kind == SessionKind.AssumedRole ? role.Id : admin.Id,
            SessionName = kind == SessionKind.User ? "" : "session",
            SecretAccessKey = "secretEXAMPLE",
            IssuedAt = DateTimeOffset.UnixEpoch,
            ExpiresAt = new DateTimeOffset(2037, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Chain = [new Ancestor(KeyId, admin.Id, DateTimeOffset.UnixEpoch) { Account = PipelineBench.Account }],
            MfaAt = hasMfa ? DateTimeOffset.UnixEpoch.AddYears(50) : null,
            Policy = kind == SessionKind.FederatedUser ? Everything : null,
        };
        return (id, "secretEXAMPLE", bench.Vault.SealSession(claims, id, entropy)!);
    }
}
