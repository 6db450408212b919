using Daypass.Names;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Mfa;

/// <summary>How often wrong codes may be shown, and that it never ends for good.</summary>
public sealed class MfaAttemptsTests
{
    private readonly ManualTime _time = new();
    private readonly MfaAttempts _attempts;

    private readonly ClaimedTries _claims = new();

    public MfaAttemptsTests() => _attempts = new MfaAttempts(_claims, _time);

    [Fact]
    public void Ten_wrong_codes_at_a_stretch_are_checked_and_no_more()
    {
        Assert.Equal(MfaAttempts.Burst, Enumerable.Range(0, 100).Count(guess => Try($"{guess:D6}", false)));
        Assert.False(Try("999999", true));
    }

    [Fact]
    public void A_day_of_guessing_is_a_hundred_and_six_guesses_and_one_for_each_node_more()
    {
        var guesses = 0;
        var other = new MfaAttempts(_claims, _time);
        for (var minute = 0; minute < 24 * 60; minute++, _time.Advance(TimeSpan.FromMinutes(1)))
        {
            // As many as an attacker likes, each minute.
            for (var code = 0; code < 20; code++)
                guesses += Try($"{(minute * 20) + code:D6}", false, at: code % 2 == 0 ? null : other) ? 1 : 0;
        }
        Assert.InRange(guesses, 105, 107);
    }

    [Fact]
    public void Whoever_waits_a_quarter_of_an_hour_is_checked_again_whatever_was_tried_meanwhile()
    {
        while (Try(Next(), false))
        {
            // Until none is left.
        }
        for (var minute = 0; minute < 14; minute++, _time.Advance(TimeSpan.FromMinutes(1)))
            Assert.False(Try("123456", true));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(Try("123456", true));
    }

    [Fact]
    public void Right_codes_take_no_tries_and_give_none_back()
    {
        for (var i = 0; i < 9; i++)
            Assert.True(Try($"{i:D6}", false));
        for (var i = 0; i < 50; i++)
            Assert.True(Try("123456", true));
        Assert.True(Try("000009", false));
        Assert.False(Try("123456", true));
    }

    [Fact]
    public void The_same_code_in_the_same_step_is_one_guess_and_in_the_next_step_another()
    {
        for (var i = 0; i < 50; i++)
            Assert.True(Try("111111", false, step: 1));
        for (var step = 2; step <= MfaAttempts.Burst; step++)
            Assert.True(Try("111111", false, step));
        // No try is left, and yet a node may look again at what it has just looked at.
        Assert.True(Try("111111", false, MfaAttempts.Burst));
        Assert.False(Try("111111", false, 11));
        Assert.False(Try("222222", true, MfaAttempts.Burst));
    }

    [Fact]
    public void One_device_is_not_held_against_another()
    {
        while (Try(Next(), false))
        {
            // Until none is left.
        }
        Assert.True(Try("123456", true, device: "other"));
    }

    [Fact]
    public async Task A_hundred_guesses_at_once_are_a_hundred_guesses()
    {
        var start = new TaskCompletionSource();
        var tries = Enumerable.Range(0, 100).Select(guess => Task.Run(async () =>
        {
            await start.Task;
            return Try($"{guess:D6}", false);
        })).ToList();
        start.SetResult();
        Assert.Equal(MfaAttempts.Burst, (await Task.WhenAll(tries)).Count(isChecked => isChecked));
    }

    [Fact]
    public void Devices_without_end_are_forgotten_but_not_those_that_are_being_guessed_at()
    {
        for (var i = 0; i < 9; i++)
            Assert.True(Try(Next(), false));
        for (var i = 0; i < 25_000; i++)
            Assert.True(Try(Next(), false, device: $"device {i}"));
        Assert.True(Try(Next(), false));
        Assert.False(Try(Next(), false));
    }

    [Fact]
    public void The_refusal_says_how_long_to_wait_and_not_whether_the_code_was_right()
    {
        while (Try(Next(), false))
        {
            // Until none is left.
        }
        string Refusal(bool isRight) => Assert.Throws<ApiException>(() => Try("123456", isRight, step: 5, passesOn: true)).Error.Message;
        Assert.Equal(Refusal(true), Refusal(false));
        Assert.Contains("Wait 900 seconds", Refusal(true), StringComparison.Ordinal);
    }

    [Fact]
    public void Right_codes_and_the_first_wrong_one_cost_the_store_nothing()
    {
        for (var i = 0; i < 50; i++)
            Assert.True(Try("123456", true));
        Assert.True(Try(Next(), false));
        Assert.True(Try("123456", true, device: "other"));
        Assert.Equal(0, _claims.Asked);
        Assert.True(Try(Next(), false));
        Assert.Equal(1, _claims.Taken);
    }

    [Fact]
    public void Without_the_store_there_is_one_try_and_no_more()
    {
        _claims.Failure = new StoreUnavailableException("cut");
        Assert.True(Try(Next(), false));
        for (var i = 0; i < 5; i++)
            Assert.Throws<StoreUnavailableException>(() => Try(Next(), false));
        _claims.Failure = null;
        Assert.True(Try(Next(), false));
    }

    private int _next;

    private string Next() => $"{_next++:D6}";

    // Whether the code was looked at.
    private bool Try(string code, bool isRight, long step = 0, string device = "device", MfaAttempts? at = null, bool passesOn = false)
    {
        var isChecked = false;
        try
        {
            (at ?? _attempts).CheckAsync(AccountId.Of(1), device, (code, step), () =>
            {
                isChecked = true;
                return isRight ? "right" : null;
            }).AsTask().GetAwaiter().GetResult();
        }
        catch (ApiException refusal) when (!passesOn)
        {
            Assert.Equal("AccessDenied", refusal.Error.Code);
        }
        return isChecked;
    }
}
