using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Attacks;

/// <summary>Sessions whose principal, key or token is not what it was, and sessions that get in each other's way.</summary>
public sealed class StolenSessions
{
    private const string KeyId = "ADMINKEYEXAMPLE1";
    private static readonly SetId Home = SetId.Of(PipelineBench.Account);
    private readonly SeededEntropy _entropy = new();

    [Fact]
    public async Task A_session_is_proven_by_its_own_secret_also_where_another_has_the_same_key_id()
    {
        // 39 bits of a key id are random: whoever makes sessions without end meets somebody else's id, and tokens are in the trail.
        await using var bench = await PipelineBench.StartAsync();
        var id = Identifiers.AccessKey(AccessKeyId.TemporaryPrefix, PipelineBench.Account, _entropy);
        var mine = Seal(bench, Claims(await RoleAsync(bench, "mine"), "mySecretEXAMPLE"), id);
        var theirs = Seal(bench, Claims(await RoleAsync(bench, "theirs"), "theirSecretEXAMPLE"), id);

        Assert.Null((await bench.CallAsync((id, "mySecretEXAMPLE", mine), "GetCallerIdentity")).Error);
        Assert.Equal("SignatureDoesNotMatch", (await bench.CallAsync((id, "mySecretEXAMPLE", theirs), "GetCallerIdentity")).Error?.Code);
        Assert.Null((await bench.CallAsync((id, "theirSecretEXAMPLE", theirs), "GetCallerIdentity")).Error);
        Assert.Null((await bench.CallAsync((id, "mySecretEXAMPLE", mine), "GetCallerIdentity")).Error);
    }

    [Fact]
    public async Task A_session_of_a_role_that_was_deleted_and_made_again_is_dead()
    {
        await using var bench = await PipelineBench.StartAsync();
        var role = await RoleAsync(bench, "worker");
        var id = Identifiers.AccessKey(AccessKeyId.TemporaryPrefix, PipelineBench.Account, _entropy);
        var token = Seal(bench, Claims(role, "secretEXAMPLE"), id);
        Assert.Null((await bench.CallAsync((id, "secretEXAMPLE", token), "GetCallerIdentity")).Error);

        await bench.PutAsync(Home, DocumentKinds.Role, role with { Id = "AROAANOTHER" });
        Assert.Equal("InvalidClientTokenId", (await bench.CallAsync((id, "secretEXAMPLE", token), "GetCallerIdentity")).Error?.Code);
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("deleted")]
    [InlineData("its user made again")]
    public async Task A_session_of_a_user_ends_with_the_key_it_was_made_with(string ending)
    {
        await using var bench = await PipelineBench.StartAsync();
        var home = await bench.HomeAsync();
        var admin = home.FindUser("admin")!;
        var key = home.FindAccessKey(KeyId)!;
        var id = Identifiers.AccessKey(AccessKeyId.TemporaryPrefix, PipelineBench.Account, _entropy);
        var claims = Claims(null, "secretEXAMPLE") with { Kind = SessionKind.User, PrincipalId = admin.Id, Chain = [new Ancestor(KeyId, admin.Id, DateTimeOffset.UnixEpoch) { Account = PipelineBench.Account }] };
        var token = Seal(bench, claims, id);
        Assert.Null((await bench.CallAsync((id, "secretEXAMPLE", token), "GetCallerIdentity")).Error);

        if (ending == "deactivated")
            await bench.PutAsync(Home, DocumentKinds.AccessKey, key with { IsActive = false });
        else if (ending == "deleted")
            Assert.Null((await bench.CallAsync("DeleteAccessKey", ("UserName", "admin"), ("AccessKeyId", KeyId))).Error);
        else
            await bench.PutAsync(Home, DocumentKinds.User, admin with { Id = "AIDAANOTHER" });

        Assert.Equal("InvalidClientTokenId", (await bench.CallAsync((id, "secretEXAMPLE", token), "GetCallerIdentity")).Error?.Code);
    }

    [Fact]
    public async Task A_session_that_is_over_fills_neither_the_trail_nor_the_accounts_rate()
    {
        // A burst of two refusals a source and of one write an account.
        await using var bench = await PipelineBench.StartAsync(new ThrottleOptions { RefusalsPerSource = 0.2, WritesPerAccount = 0.1 });
        var id = Identifiers.AccessKey(AccessKeyId.TemporaryPrefix, PipelineBench.Account, _entropy);
        var token = Seal(bench, Claims(await RoleAsync(bench, "worker"), "secretEXAMPLE") with { ExpiresAt = DateTimeOffset.UnixEpoch.AddHours(1) }, id);
        List<string?> codes = [];
        for (var call = 0; call < 4; call++)
            codes.Add((await bench.CallAsync((id, "secretEXAMPLE", token), "CreateUser", ("UserName", "mallory"))).Error?.Code);

        Assert.Equal(["ExpiredToken", "ExpiredToken", "Throttling", "Throttling"], codes);
        Assert.Equal(2, (await bench.TrailAsync()).Count);
        await bench.FromAnotherSource().CallAsync("CreateUser", ("UserName", "alice"));
        Assert.NotNull((await bench.HomeAsync()).FindUser("alice"));
    }

    [Fact]
    public async Task A_session_of_another_account_s_key_id_is_none()
    {
        await using var bench = await PipelineBench.StartAsync();
        var role = await RoleAsync(bench, "worker");
        var other = AccountId.Of(210987654321);
        await bench.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{other}", Name = "Other", Email = "o@example.com", Created = default });
        var id = Identifiers.AccessKey(AccessKeyId.TemporaryPrefix, other, _entropy);
        var token = Seal(bench, Claims(role, "secretEXAMPLE"), id);
        Assert.Equal("InvalidClientTokenId", (await bench.CallAsync((id, "secretEXAMPLE", token), "GetCallerIdentity")).Error?.Code);
    }

    [Theory]
    [InlineData("CreateUser")]
    [InlineData("ListUsers")]
    public async Task A_users_session_without_MFA_does_not_reach_IAM_and_the_refusal_is_recorded(string action)
    {
        await using var bench = await PipelineBench.StartAsync();
        var admin = (await bench.HomeAsync()).FindUser("admin")!;
        var id = Identifiers.AccessKey(AccessKeyId.TemporaryPrefix, PipelineBench.Account, _entropy);
        var claims = Claims(null, "secretEXAMPLE") with { Kind = SessionKind.User, PrincipalId = admin.Id, Chain = [new Ancestor(KeyId, admin.Id, DateTimeOffset.UnixEpoch) { Account = PipelineBench.Account }] };
        Assert.Equal("InvalidClientTokenId", (await bench.CallAsync((id, "secretEXAMPLE", Seal(bench, claims, id)), action, ("UserName", "mallory"))).Error?.Code);
        Assert.Equal("InvalidClientTokenId", Assert.Single(await bench.TrailAsync())["errorCode"]!.GetValue<string>());
    }

    private static async Task<Role> RoleAsync(PipelineBench bench, string name)
    {
        var role = new Role { Name = name, Path = "/", Id = "AROA" + name.ToUpperInvariant(), Created = default, Trust = new TrustPolicy("", new Dictionary<string, string>()) };
        await bench.PutAsync(Home, DocumentKinds.Role, role);
        return role;
    }

    private static SessionClaims Claims(Role? role, string secret) => new()
    {
        Kind = SessionKind.AssumedRole,
        Account = PipelineBench.Account,
        PrincipalId = role?.Id ?? "",
        SessionName = role is null ? "" : "session",
        SecretAccessKey = secret,
        IssuedAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = new DateTimeOffset(2037, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private string Seal(PipelineBench bench, SessionClaims claims, string accessKeyId) => bench.Vault.SealSession(claims, accessKeyId, _entropy)!;
}
