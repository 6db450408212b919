using System.Text;
using Daypass.Service.Directories;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Actions.Iam.Mfa;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Attacks;

/// <summary>Codes that were seen, guessed or sent twice, at one node and at two.</summary>
public sealed class StolenCodes : IAsyncLifetime
{
    private const string Wrong = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
    private readonly MemoryStore _store = new();
    private readonly ManualTime _limits = new();
    private PipelineBench _a = null!;
    private PipelineBench _b = null!;
    private (string Id, string Secret, string? Token) _alice;
    private string _serial = "";
    private byte[] _seed = [];

    public async Task InitializeAsync()
    {
        // Tries are claimed by the clock of the rates; the claims end by the store's.
        _store.Time = _limits;
        _a = await PipelineBench.StartAsync(store: _store, throttling: _limits);
        _b = await PipelineBench.JoinAsync(_store, throttling: _limits);
        await _a.CallAsync("CreateUser", ("UserName", "alice"));
        var key = Shown.Of((await _a.CallAsync("CreateAccessKey", ("UserName", "alice"))).Response!)["AccessKey"]!;
        _alice = (key["AccessKeyId"]!.GetValue<string>(), key["SecretAccessKey"]!.GetValue<string>(), null);
        var device = Shown.Of((await _a.CallAsync("CreateVirtualMFADevice", ("VirtualMFADeviceName", "phone"))).Response!)["VirtualMFADevice"]!;
        _serial = device["SerialNumber"]!.GetValue<string>();
        _seed = MfaWorld.Decode(Encoding.ASCII.GetString(Convert.FromBase64String(device["Base32StringSeed"]!.GetValue<string>())));
        var enabled = await _a.CallAsync(
            "EnableMFADevice", ("UserName", "alice"), ("SerialNumber", _serial), ("AuthenticationCode1", Code(-2)), ("AuthenticationCode2", Code(-1)));
        Assert.Null(enabled.Error);
        Assert.Null((await _b.CallAsync(_alice, "GetCallerIdentity")).Error);
    }

    public async Task DisposeAsync()
    {
        _store.OnCall = _ => Task.CompletedTask;
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task A_code_used_at_one_node_is_used_at_every_node()
    {
        var code = Code();
        Assert.Null((await SessionAsync(_a, code)).Error);
        Assert.Equal(Wrong, (await SessionAsync(_b, code)).Error?.Message);
        Assert.Equal(Wrong, (await SessionAsync(_a, code)).Error?.Message);
        Assert.Null((await SessionAsync(_b, Code(1))).Error);
    }

    [Fact]
    public async Task Of_a_hundred_uses_of_one_code_at_once_at_two_nodes_exactly_one_succeeds()
    {
        var code = Code();
        var start = new TaskCompletionSource();
        var uses = Enumerable.Range(0, 100).Select(use => Task.Run(async () =>
        {
            await start.Task;
            return await SessionAsync(use % 2 == 0 ? _a : _b, code);
        })).ToList();
        start.SetResult();
        var answers = await Task.WhenAll(uses);
        Assert.Single(answers, answer => answer.Error is null);
        Assert.All(answers.Where(answer => answer.Error is not null), answer => Assert.Equal(("AccessDenied", Wrong), (answer.Error!.Code, answer.Error.Message)));
        Assert.Empty(_a.Failures.Concat(_b.Failures));
    }

    [Fact]
    public async Task Without_the_store_no_code_is_taken_and_a_call_without_one_needs_no_store()
    {
        _store.OnCall = call => call == "commit" ? throw new StoreUnavailableException("away") : Task.CompletedTask;
        Assert.Equal("ServiceUnavailable", (await SessionAsync(_a, Code())).Error?.Code);
        Assert.Null((await _a.CallAsync(_alice, "GetSessionToken")).Error);
    }

    [Fact]
    public async Task An_outcome_that_was_lost_gives_no_second_use()
    {
        var code = Code();
        var isLost = false;
        _store.AfterCommit = commit => isLost = commit.Claims.Count > 0 && !isLost ? throw new StoreUnavailableException("cut") : isLost;
        // The commit is sent again under its id and found to have happened; or the answer is that nobody knows. Never two sessions.
        var first = await SessionAsync(_a, code);
        _store.AfterCommit = _ => { };
        Assert.True(first.Error is null or { Code: "ServiceUnavailable" }, first.Error?.Message);
        Assert.Equal(Wrong, (await SessionAsync(_b, code)).Error?.Message);
    }

    [Fact]
    public async Task Guessing_ends_after_ten_wrong_codes_at_a_node_and_the_owner_waits_a_quarter_of_an_hour_at_most()
    {
        for (var guess = 0; guess < MfaAttempts.Burst; guess++)
            Assert.Equal(Wrong, (await SessionAsync(_a, WrongCode(guess))).Error?.Message);
        var refusal = (await SessionAsync(_a, Code())).Error!;
        Assert.Equal("AccessDenied", refusal.Code);
        Assert.Contains("too many invalid one time pass codes", refusal.Message, StringComparison.Ordinal);
        // Whatever is tried meanwhile does not make it longer, and what needs no code goes on.
        for (var guess = 0; guess < 20; guess++)
            await SessionAsync(_a, WrongCode(guess));
        Assert.Null((await _a.CallAsync(_alice, "GetSessionToken")).Error);
        _limits.Advance(MfaAttempts.Refill + TimeSpan.FromSeconds(1));
        Assert.Null((await SessionAsync(_a, Code())).Error);
    }

    [Fact]
    public async Task Two_nodes_check_one_wrong_code_more_than_one_and_no_more_whatever_is_tried_at_both()
    {
        var isChecked = 0;
        for (var guess = 0; guess < 60; guess++)
            isChecked += (await SessionAsync(guess % 2 == 0 ? _a : _b, WrongCode(guess))).Error?.Message == Wrong ? 1 : 0;
        Assert.Equal(MfaAttempts.Burst + MfaAttempts.OfDevice.OnCredit, isChecked);
        foreach (var node in (PipelineBench[])[_a, _b])
            Assert.Contains("too many invalid one time pass codes", (await SessionAsync(node, Code())).Error!.Message, StringComparison.Ordinal);
        // An hour is four codes, at both nodes together.
        isChecked = 0;
        for (var minute = 0; minute < 60; minute++)
        {
            _limits.Advance(TimeSpan.FromMinutes(1));
            for (var guess = 0; guess < 4; guess++)
                isChecked += (await SessionAsync(guess % 2 == 0 ? _a : _b, WrongCode(100 + (minute * 4) + guess))).Error?.Message == Wrong ? 1 : 0;
        }
        Assert.Equal(4, isChecked);
    }

    [Fact]
    public async Task Whoever_cannot_sign_as_the_owner_cannot_use_up_the_tries()
    {
        for (var guess = 0; guess < 30; guess++)
        {
            Assert.Equal("SignatureDoesNotMatch", (await SessionAsync(_a, WrongCode(guess), (_alice.Id, "notHerSecretEXAMPLE", null))).Error?.Code);
            // Another user of the account, who names her device.
            Assert.Contains("unable to validate MFA code", (await _a.CallAsync("GetSessionToken", ("SerialNumber", _serial), ("TokenCode", WrongCode(guess)))).Error!.Message, StringComparison.Ordinal);
        }
        Assert.Null((await SessionAsync(_a, Code())).Error);
    }

    [Fact]
    public async Task A_client_that_repeats_a_wrong_call_uses_up_one_try()
    {
        for (var call = 0; call < 30; call++)
            await SessionAsync(_a, WrongCode(1));
        Assert.Null((await SessionAsync(_a, Code())).Error);
    }

    [Fact]
    public async Task The_trail_has_every_use_with_its_credential_and_no_code_and_no_seed()
    {
        var codes = new[] { Code(-2), Code(-1), Code(), WrongCode(5) };
        Assert.Null((await SessionAsync(_a, codes[2])).Error);
        await SessionAsync(_a, codes[2]);
        await SessionAsync(_a, codes[3]);
        await _a.CallAsync(_alice, "GetSessionToken", ("SerialNumber", _serial), ("TokenCode", codes[2] + " "));
        var trail = await _a.TrailAsync();
        var uses = trail.Where(record => record["eventName"]!.GetValue<string>() == "GetSessionToken").ToList();
        Assert.Equal([null, "AccessDenied", "AccessDenied", "ValidationError"], uses.OrderBy(record => Array.IndexOf([null, "AccessDenied", "ValidationError"], Code(record))).Select(Code));
        var issued = uses.Single(record => Code(record) is null);
        Assert.NotNull(issued["responseElements"]!["credentials"]!["accessKeyId"]);
        Assert.Equal(_serial, issued["requestParameters"]!["serialNumber"]!.GetValue<string>());
        Assert.Equal("HIDDEN_DUE_TO_SECURITY_REASONS", issued["requestParameters"]!["tokenCode"]!.GetValue<string>());
        foreach (var record in trail.Select(record => record.ToJsonString()))
        {
            Assert.All(codes, code => Assert.DoesNotContain($"\"{code}", record, StringComparison.Ordinal));
            Assert.All(codes, code => Assert.DoesNotContain($"'{code}", record, StringComparison.Ordinal));
            Assert.DoesNotContain(Base32.Encode(_seed), record, StringComparison.Ordinal);
            Assert.DoesNotContain("qRCodePNG", record, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_record_of_a_session_with_MFA_stands_in_the_store_with_the_used_code()
    {
        var commits = new List<Commit>();
        _store.AfterCommit = commits.Add;
        Assert.Null((await SessionAsync(_a, Code())).Error);
        var commit = Assert.Single(commits);
        Assert.Equal("GetSessionToken", Assert.Single(commit.Audit).EventName);
        Assert.Single(commit.Claims);
        Assert.Empty(commit.Puts);
    }

    [Fact]
    public async Task A_code_that_was_used_after_a_backup_is_of_no_use_after_its_restore()
    {
        var before = _store.Commits;
        var code = Code();
        Assert.Null((await SessionAsync(_a, code)).Error);
        // As a restore leaves it: the claim is gone, and the moment is noted.
        _store.GoBack(before, "restored");
        _store.ForgetClaims();
        var restored = new Restored { BackupAt = DateTimeOffset.UtcNow, BackupEpoch = "test", BackupSequence = before, RestoredAt = DateTimeOffset.UtcNow, Sessions = "none", AccessKeys = "all" };
        await _store.CommitAsync(new Commit { Id = "restored", Set = SetId.Installation, Puts = [new Put(DocumentKinds.Restored.KeyOf(restored), DocumentKinds.Restored.Write(restored))] }, default);
        foreach (var node in (PipelineBench[])[_a, _b])
        {
            Assert.Null((await node.CallAsync("ListUsers")).Error);
            Assert.Equal(Wrong, (await SessionAsync(node, code)).Error?.Message);
        }
    }

    private string Code(int fromNow = 0) => Totp.CodeAt(_seed, Totp.StepAt(TimeProvider.System.GetUtcNow()) + fromNow);

    private static string? Code(System.Text.Json.Nodes.JsonNode record) => record["errorCode"]?.GetValue<string>();

    // One of a kind that no step near now has.
    private string WrongCode(int number)
    {
        var near = Enumerable.Range(-5, 60).Select(Code).ToHashSet();
        return Enumerable.Range(0, 1000).Select(code => $"{code:D6}").Where(code => !near.Contains(code)).ElementAt(number);
    }

    private Task<ApiAnswer> SessionAsync(PipelineBench node, string code) => SessionAsync(node, code, _alice);

    private Task<ApiAnswer> SessionAsync(PipelineBench node, string code, (string, string, string?) key) =>
        node.CallAsync(key, "GetSessionToken", ("SerialNumber", _serial), ("TokenCode", code));
}
