using Daypass.Service.Actions.Daypass.Sessions;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using static Daypass.Service.Tests.Revocations.RevocationWorld;
using Key = (string Id, string Secret, string? Token);

namespace Daypass.Service.Tests.Revocations;

/// <summary>What each kind of revocation ends, and what it leaves alone.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private RevocationWorld _world = null!;
    private Key _alice;
    private Key _own;
    private Key _first;
    private Key _second;
    private Key _third;

    // alice's key -> her session -> the role first (here) -> second (there) -> third (there)
    public async Task InitializeAsync()
    {
        _world = await RevocationWorld.StartAsync();
        _alice = await _world.AddUserAsync(Here, "alice");
        await _world.AddRoleAsync(Here, "first");
        await _world.AddRoleAsync(There, "second");
        await _world.AddRoleAsync(There, "third");
        _own = await _world.SessionTokenAsync(_alice);
        _first = await _world.AssumeAsync(_own, Here, "first", "alice");
        _second = await _world.AssumeAsync(_first, There, "second");
        _third = await _world.AssumeAsync(_second, There, "third");
        await _world.AssertAsync(true, _own, _first, _second, _third);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    public static TheoryData<string, int> Positions => new()
    {
        { "the user", 0 }, { "the key", 0 }, { "all of the account", 0 }, { "the user's session", 0 }, { "the source identity", 1 }, { "the first role", 1 }, { "the first role's session", 1 },
        { "the second role", 2 }, { "the second role's session, by the account it came from", 2 }, { "the second role's session, by its own account", 2 }, { "all of the other account", 2 },
        { "the source identity, by the other account", 2 }, { "the third role", 3 }, { "the third role's session, by the account it came from", 3 },
    };

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task Revoking_any_ancestor_ends_the_chain_from_there_on_and_nothing_before(string what, int from)
    {
        var (by, parameter) = what switch
        {
            "the user" => (_world.Admin, ("PrincipalArn", UserArn(Here, "alice"))),
            "the key" => (_world.Admin, ("AccessKeyId", _alice.Id)),
            "all of the account" => (_world.Admin, ("AllSessions", "true")),
            "the user's session" => (_world.Admin, ("AccessKeyId", _own.Id)),
            "the source identity" => (_world.Admin, ("SourceIdentity", "alice")),
            "the first role" => (_world.Admin, ("PrincipalArn", RoleArn(Here, "first"))),
            "the first role's session" => (_world.Admin, ("AccessKeyId", _first.Id)),
            "the second role" => (_world.AdminThere, ("PrincipalArn", RoleArn(There, "second"))),
            "the second role's session, by the account it came from" => (_world.Admin, ("AccessKeyId", _second.Id)),
            "the second role's session, by its own account" => (_world.AdminThere, ("AccessKeyId", _second.Id)),
            "all of the other account" => (_world.AdminThere, ("AllSessions", "true")),
            "the source identity, by the other account" => (_world.AdminThere, ("SourceIdentity", "alice")),
            "the third role" => (_world.AdminThere, ("PrincipalArn", RoleArn(There, "third"))),
            _ => (_world.Admin, ("AccessKeyId", _third.Id)),
        };
        await _world.RevokeAsync(by, parameter);
        Key[] chain = [_own, _first, _second, _third];
        await _world.AssertAsync(true, chain[..from]);
        await _world.AssertAsync(false, chain[from..]);
        // Long-term keys are none of it: what is revoked is what came of them.
        await _world.AssertAsync(true, _alice);
    }

    [Theory]
    [InlineData("AccessKeyId")]
    [InlineData("PrincipalArn")]
    [InlineData("SourceIdentity")]
    public async Task Others_of_the_same_kind_live_on(string kind)
    {
        var bob = await _world.AddUserAsync(Here, "bob");
        await _world.AddRoleAsync(Here, "other");
        var bobs = await _world.AssumeAsync(bob, Here, "other", "bob");
        await _world.RevokeAsync((kind, kind switch { "AccessKeyId" => _first.Id, "PrincipalArn" => RoleArn(Here, "first"), _ => "alice" }));
        await _world.AssertAsync(true, bobs, await _world.AssumeAsync(bob, Here, "first", "bob"));
        await _world.AssertAsync(false, _first);
    }

    [Fact]
    public async Task What_the_same_key_leads_to_afterwards_lives_in_the_same_second_too()
    {
        await _world.RevokeAsync(("AccessKeyId", _alice.Id));
        await _world.AssertAsync(false, _own, _first, _second, _third);
        var own = await _world.SessionTokenAsync(_alice);
        var first = await _world.AssumeAsync(own, Here, "first", "alice");
        await _world.AssertAsync(true, own, first, await _world.AssumeAsync(first, There, "second"));
    }

    [Theory]
    [InlineData("PrincipalArn")]
    [InlineData("SourceIdentity")]
    [InlineData("AllSessions")]
    public async Task A_session_before_and_one_after_the_revocation_differ_within_one_second(string kind)
    {
        await _world.RevokeAsync((kind, kind switch { "PrincipalArn" => RoleArn(Here, "first"), "SourceIdentity" => "alice", _ => "true" }));
        var after = await _world.AssumeAsync(_alice, Here, "first", "alice");
        await _world.AssertAsync(false, _first);
        await _world.AssertAsync(true, after);

        // And a second revocation in the same second, of what the first one let live.
        await _world.RevokeAsync((kind, kind switch { "PrincipalArn" => RoleArn(Here, "first"), "SourceIdentity" => "alice", _ => "true" }));
        await _world.AssertAsync(false, _first, after);
        await _world.AssertAsync(true, await _world.AssumeAsync(_alice, Here, "first", "alice"));
    }

    [Fact]
    public async Task Everything_issued_before_a_moment_ends_and_what_was_issued_on_it_does_not()
    {
        _world.Time.Now += TimeSpan.FromMinutes(10);
        var moment = _world.Time.Now;
        var later = await _world.AssumeAsync(_alice, Here, "first");
        _world.Time.Now += TimeSpan.FromMinutes(10);
        var revoked = (RevokeSessions.Response)await _world.RevokeAsync(("AllSessions", "true"), ("IssuedBefore", $"{moment:yyyy-MM-dd'T'HH:mm:ss'Z'}"));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds()), revoked.Revocation.Revocation.IssuedBefore);
        await _world.AssertAsync(false, _own, _first, _second, _third);
        await _world.AssertAsync(true, later);
    }

    [Fact]
    public async Task A_later_moment_takes_the_place_of_an_earlier_one_and_never_the_other_way_round()
    {
        var start = _world.Time.Now.ToUnixTimeSeconds();
        _world.Time.Now += TimeSpan.FromMinutes(10);
        var later = await _world.AssumeAsync(_alice, Here, "first");
        _world.Time.Now += TimeSpan.FromMinutes(10);
        await _world.RevokeAsync(("PrincipalArn", RoleArn(Here, "first")), ("IssuedBefore", $"{start + 60}"));
        await _world.AssertAsync(false, _first);
        await _world.AssertAsync(true, later);
        await _world.RevokeAsync(("PrincipalArn", RoleArn(Here, "first")));
        await _world.AssertAsync(false, later);
        var last = await _world.AssumeAsync(_alice, Here, "first");
        await _world.RevokeAsync(("PrincipalArn", RoleArn(Here, "first")), ("IssuedBefore", $"{start + 60}"));
        await _world.AssertAsync(false, _first, later);
        await _world.AssertAsync(true, last);
        Assert.Single(((ListRevocations.Response)await _world.GoodAsync(_world.Admin, "ListRevocations")).Page.Items);
    }

    [Fact]
    public async Task A_moment_that_comes_after_a_revocation_up_to_its_now_keeps_what_that_one_ended()
    {
        var role = ("PrincipalArn", RoleArn(Here, "first"));
        // Issued by a node whose clock was ahead, and before the revocation all the same.
        _world.Time.Now += TimeSpan.FromMinutes(5);
        var ahead = await _world.AssumeAsync(_alice, Here, "first");
        _world.Time.Now -= TimeSpan.FromMinutes(4);
        await _world.RevokeAsync(role);
        await _world.AssertAsync(false, _first, ahead);
        _world.Time.Now += TimeSpan.FromMinutes(2);
        await _world.RevokeAsync(role, ("IssuedBefore", $"{_world.Time.Now.ToUnixTimeSeconds() - 30}"));
        await _world.AssertAsync(false, _first, ahead);
    }

    [Fact]
    public async Task An_account_cannot_end_what_never_passed_through_it()
    {
        var theirs = await _world.AssumeAsync(_world.AdminThere, There, "third", "alice");
        await _world.RevokeAsync(("AllSessions", "true"));
        await _world.RevokeAsync(("SourceIdentity", "alice"));
        await _world.RevokeAsync(("AccessKeyId", theirs.Id));
        await _world.AssertAsync(true, theirs);
        Assert.Equal("AccessDenied", (await _world.RefusalAsync(_world.Admin, "RevokeSessions", ("PrincipalArn", RoleArn(There, "third")))).Code);
        Assert.Equal("NoSuchEntity", (await _world.RefusalAsync(_world.Admin, "RevokeSessions", ("AccessKeyId", _world.AdminThere.Id))).Code);
        // Nor what came to be before its roles were on the way.
        await _world.RevokeAsync(_world.AdminThere, ("AccessKeyId", _first.Id));
        await _world.RevokeAsync(_world.AdminThere, ("SourceIdentity", "alice"));
    }

    [Fact]
    public async Task The_account_that_a_chain_comes_to_cannot_end_what_went_before()
    {
        await _world.RevokeAsync(_world.AdminThere, ("AllSessions", "true"));
        await _world.RevokeAsync(_world.AdminThere, ("SourceIdentity", "alice"));
        await _world.RevokeAsync(_world.AdminThere, ("AccessKeyId", _first.Id));
        await _world.RevokeAsync(_world.AdminThere, ("AccessKeyId", _own.Id));
        await _world.AssertAsync(true, _own, _first);
    }

    [Theory]
    [InlineData("GetCallerIdentity")]
    [InlineData("ListUsers")]
    [InlineData("RevokeSessions")]
    public async Task Whatever_a_revoked_session_calls_it_is_told_that_and_when(string action)
    {
        await _world.RevokeAsync(("AccessKeyId", _first.Id));
        var error = await _world.RefusalAsync(_first, action, ("AllSessions", "true"));
        Assert.Equal(("ExpiredToken", 403), (error.Code, error.Status));
        Assert.Equal("The security token included in the request is expired: it was revoked at 2026-11-22T12:00:00Z", error.Message);
        // The refusal stands in the trail under the session's name.
        Assert.Contains(await _world.Bench.TrailAsync(), record => (string?)record["errorCode"] == "ExpiredToken" && (string?)record["userIdentity"]!["accessKeyId"] == _first.Id);
    }

    [Fact]
    public async Task A_federated_session_ends_with_its_user()
    {
        var partner = await _world.FederationTokenAsync(_alice);
        await _world.AssertAsync(true, partner);
        await _world.RevokeAsync(("PrincipalArn", UserArn(Here, "alice")));
        await _world.AssertAsync(false, partner);
    }

    public static TheoryData<string, string, string> Refused => new()
    {
        { "PrincipalArn", RoleArn(Here, "nobody"), "NoSuchEntity" },
        { "PrincipalArn", UserArn(Here, "nobody"), "NoSuchEntity" },
        { "PrincipalArn", RoleArn(Here, "path/first"), "NoSuchEntity" },
        { "PrincipalArn", "arn:aws:sts::123456789012:assumed-role/first/session", "ValidationError" },
        { "PrincipalArn", "arn:aws:iam::123456789012:group/first", "ValidationError" },
        { "AccessKeyId", "ASIAEXAMPLEEXAMPLE12", "NoSuchEntity" },
        { "AccessKeyId", "AKIAEXAMPLEEXAMPLE12", "NoSuchEntity" },
        { "SourceIdentity", "a", "ValidationError" },
        { "AllSessions", "false", "ValidationError" },
        { "Reason", "none of all", "ValidationError" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_target_is_refused_with_its_name(string parameter, string value, string code)
    {
        var error = await _world.RefusalAsync(_world.Admin, "RevokeSessions", (parameter, value));
        Assert.Equal(code, error.Code);
        if (code == "NoSuchEntity")
            Assert.Contains(value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gives_the_arn_of_a_session_is_told_what_to_give()
    {
        var error = await _world.RefusalAsync(_world.Admin, "RevokeSessions", ("PrincipalArn", "arn:aws:sts::123456789012:assumed-role/first/session"));
        Assert.Contains("such as arn:aws:iam::123456789012:role/NAME. One session is named by its access key id", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exactly_one_target_is_taken()
    {
        var error = await _world.RefusalAsync(_world.Admin, "RevokeSessions", ("AllSessions", "true"), ("SourceIdentity", "alice"));
        Assert.Equal("Exactly one of AccessKeyId, PrincipalArn, SourceIdentity, ProviderArn (with or without Subject) or AllSessions must be given.", error.Message);
        await _world.AssertAsync(true, _first);
    }

    [Theory]
    [InlineData("2026-11-22T12:02:00Z", "AllSessions", "ValidationError")]
    [InlineData("2026-11-22T11:00:00Z", "AccessKeyId", "ValidationError")]
    [InlineData("yesterday", "AllSessions", "MalformedInput")]
    [InlineData("2026-11-22T11:00:00", "AllSessions", "MalformedInput")]
    public async Task A_moment_that_cannot_be_is_refused(string moment, string kind, string code) => Assert.Equal(
        code, (await _world.RefusalAsync(_world.Admin, "RevokeSessions", (kind, kind == "AccessKeyId" ? _first.Id : "true"), ("IssuedBefore", moment))).Code);

    [Fact]
    public async Task Who_may_revoke_the_sessions_of_one_role_may_revoke_no_others()
    {
        var helper = await _world.AddUserAsync(Here, "helper", $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"daypass:RevokeSessions","Resource":"{{RoleArn(Here, "first")}}"},
             {"Effect":"Allow","Action":"daypass:RevokeSessions","Resource":"*","Condition":{"StringEquals":{"daypass:SourceIdentity":"alice"} } }]}
            """);
        Assert.Equal("AccessDenied", (await _world.RefusalAsync(helper, "RevokeSessions", ("PrincipalArn", UserArn(Here, "alice")))).Code);
        Assert.Equal("AccessDenied", (await _world.RefusalAsync(helper, "RevokeSessions", ("AllSessions", "true"))).Code);
        Assert.Equal("AccessDenied", (await _world.RefusalAsync(helper, "RevokeSessions", ("AccessKeyId", _alice.Id))).Code);
        Assert.Equal("AccessDenied", (await _world.RefusalAsync(helper, "RevokeSessions", ("SourceIdentity", "bob"))).Code);
        Assert.Equal("AccessDenied", (await _world.RefusalAsync(helper, "RevokeSessions", ("PrincipalArn", RoleArn(Here, "nobody")))).Code);
        await _world.RevokeAsync(helper, ("PrincipalArn", RoleArn(Here, "first")));
        await _world.RevokeAsync(helper, ("SourceIdentity", "alice"));
        await _world.AssertAsync(false, _first);
    }

    [Fact]
    public async Task A_revocation_is_listed_with_who_made_it_when_and_why_until_the_last_page()
    {
        await _world.RevokeAsync(("PrincipalArn", RoleArn(Here, "first")), ("Reason", "laptop stolen"));
        await _world.RevokeAsync(("SourceIdentity", "alice"));
        await _world.RevokeAsync(_world.AdminThere, ("AllSessions", "true"));
        var page = ((ListRevocations.Response)await _world.GoodAsync(_world.Admin, "ListRevocations", ("MaxResults", "1"))).Page;
        var role = Assert.Single(page.Items);
        Assert.Equal(("Role", RoleArn(Here, "first"), UserArn(Here, "admin"), "laptop stolen"), (role.Kind, role.PrincipalArn, role.RevokedBy, role.Reason));
        page = ((ListRevocations.Response)await _world.GoodAsync(_world.Admin, "ListRevocations", ("MaxResults", "1"), ("NextToken", page.Marker!))).Page;
        Assert.Equal(("SourceIdentity", "alice"), (Assert.Single(page.Items).Kind, page.Items[0].Target));
        Assert.Null(page.Marker);
    }

    [Fact]
    public async Task An_account_has_a_limit_that_keeps_nobody_from_revoking_all()
    {
        var puts = Enumerable.Range(0, RevokeSessions.Limit).Select(i => DocumentsOfTests.Of(Here, $"ASIAEXAMPLE{i}", _world.Time.Now)).Select(one => new Put(DocumentKinds.Revocation.KeyOf(one), DocumentKinds.Revocation.Write(one)));
        await _world.Bench.Directories.CommitAsync(new Commit { Id = "fill", Set = SetId.Installation, Puts = [.. puts] }, default);
        Assert.Equal("LimitExceeded", (await _world.RefusalAsync(_world.Admin, "RevokeSessions", ("AccessKeyId", _first.Id))).Code);
        // Another account's is another limit.
        await _world.RevokeAsync(_world.AdminThere, ("AccessKeyId", _second.Id));
        await _world.RevokeAsync(("AllSessions", "true"));
        await _world.AssertAsync(false, _own, _first);
    }
}
