using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Keys;

/// <summary>The rules of a key's life as time tables: what is due, and when.</summary>
public sealed class KeyRotationTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "")]
    [InlineData(9.999, "")]
    [InlineData(10, "ActivateKey")]
    [InlineData(100_000, "ActivateKey")]
    public void A_new_key_takes_over_when_every_node_must_have_seen_it(double seconds, string due) =>
        Assert.Equal(due, Due([Key(1, SealingKeyState.Active), Key(2, SealingKeyState.PrePublished)], seconds));

    [Fact]
    public void The_key_that_takes_over_retires_the_one_before_in_the_same_commit()
    {
        var now = new KeyMoment(Start.AddSeconds(10), Start.AddDays(3));
        var step = Assert.Single(KeyRotation.StepsDue([Key(1, SealingKeyState.Active), Key(2, SealingKeyState.PrePublished), Key(3, SealingKeyState.Active) with { Purpose = "secret" }], now));
        Assert.Equal([(2u, "Active"), (1u, "DecryptOnly")], step.Puts.Select(key => (key.Id, key.State)));
        Assert.Equal((now.Real, now.Policy), (step.Puts[1].Retired, step.Puts[1].RetiredPolicyTime));
        Assert.False(step.NeedsUnused);
    }

    [Fact]
    public void Of_two_new_keys_the_newer_one_stays()
    {
        List<StoredKey> ring = [Key(1, SealingKeyState.Active), Key(3, SealingKeyState.PrePublished) with { Created = Start.AddSeconds(1) }, Key(2, SealingKeyState.PrePublished)];
        var now = new KeyMoment(Start.AddMinutes(1), Start.AddMinutes(1));
        while (KeyRotation.StepsDue(ring, now).FirstOrDefault() is { } step)
            ring = [.. ring.Where(key => step.Puts.All(put => put.Id != key.Id)), .. step.Puts];
        Assert.Equal(3u, Assert.Single(ring, key => key.State == "Active").Id);
        Assert.Equal(2, ring.Count(key => key.State == "DecryptOnly"));
    }

    [Theory]
    [InlineData(SealingKeyState.DecryptOnly, 36, 36, "")]
    [InlineData(SealingKeyState.DecryptOnly, 60.99, 60.99, "")]
    [InlineData(SealingKeyState.DecryptOnly, 61, 61, "DeleteKey")]
    // An hour of real time is an hour, wherever policy time was moved; and policy time of an older backup does not hurry either.
    [InlineData(SealingKeyState.DecryptOnly, 1, 100_000, "")]
    [InlineData(SealingKeyState.DecryptOnly, 100_000, 60, "")]
    [InlineData(SealingKeyState.Compromised, 60.99, 60.99, "")]
    [InlineData(SealingKeyState.Compromised, 61, 61, "DeleteKey")]
    public void A_session_key_goes_after_the_longest_session_that_a_node_without_the_store_could_issue(SealingKeyState state, double realHours, double policyHours, string due)
    {
        var retired = Key(1, state) with { Retired = Start, RetiredPolicyTime = Start };
        Assert.Equal(due, Due([retired, Key(2, SealingKeyState.Active)], TimeSpan.FromHours(realHours).TotalSeconds, TimeSpan.FromHours(policyHours).TotalSeconds));
    }

    [Theory]
    [InlineData(0, false, false, "ResealSecrets")]
    [InlineData(24, false, false, "ResealSecrets")]
    [InlineData(24.99, true, false, "")]
    [InlineData(25, true, false, "DeleteKey")]
    [InlineData(25, false, false, "DeleteKey")]
    [InlineData(0.1, false, true, "ResealSecrets")]
    [InlineData(0.16, true, true, "")]
    [InlineData(0.17, true, true, "RefuseKey")]
    public void A_key_of_stored_secrets_goes_only_when_nothing_is_sealed_with_it(double hours, bool isResealed, bool isRevoked, string due)
    {
        var retired = Key(1, SealingKeyState.DecryptOnly) with
        {
            Purpose = "secret", Retired = Start, RetiredPolicyTime = Start, Resealed = isResealed ? Start : null, Revoked = isRevoked ? Start : null,
        };
        var now = Start.AddHours(hours);
        var steps = KeyRotation.StepsDue([retired], new KeyMoment(now, now)).ToList();
        Assert.Equal(due, string.Join(' ', steps.Select(step => step.Name)));
        Assert.All(steps, step => Assert.True(step.NeedsUnused));
    }

    [Theory]
    [InlineData("session", SealingKeyState.Active, "Compromised")]
    [InlineData("session", SealingKeyState.DecryptOnly, "Compromised")]
    [InlineData("session", SealingKeyState.PrePublished, "Compromised")]
    [InlineData("secret", SealingKeyState.PrePublished, "Compromised")]
    [InlineData("secret", SealingKeyState.Active, "DecryptOnly")]
    [InlineData("secret", SealingKeyState.DecryptOnly, "DecryptOnly")]
    public void A_revoked_key_is_refused_at_once_unless_stored_secrets_must_be_sealed_anew_first(string purpose, SealingKeyState before, string after)
    {
        var revoked = KeyRotation.Revoke(Key(1, before) with { Purpose = purpose }, new KeyMoment(Start, Start));
        Assert.Equal((after, Start, Start), (revoked.State, revoked.Revoked, revoked.Retired));
    }

    [Fact]
    public void A_revoked_key_keeps_the_time_at_which_it_stopped_sealing()
    {
        var retired = Key(1, SealingKeyState.DecryptOnly) with { Retired = Start.AddDays(-1), RetiredPolicyTime = Start.AddDays(-1) };
        Assert.Equal(Start.AddDays(-1), KeyRotation.Revoke(retired, new KeyMoment(Start, Start)).Retired);
    }

    [Fact]
    public void A_key_in_use_and_a_refused_one_that_is_young_are_left_alone() =>
        Assert.Equal("", Due([Key(1, SealingKeyState.Active), Key(2, SealingKeyState.Compromised) with { Retired = Start, RetiredPolicyTime = Start }], 1000));

    private static string Due(IEnumerable<StoredKey> keys, double realSeconds, double? policySeconds = null) =>
        string.Join(' ', KeyRotation.StepsDue(keys, new KeyMoment(Start.AddSeconds(realSeconds), Start.AddSeconds(policySeconds ?? realSeconds))).Select(step => step.Name));

    private static StoredKey Key(uint id, SealingKeyState state) => new() { Purpose = "session", Id = id, State = state.ToString(), Created = Start, SealedKey = [] };
}
