using System.Text;
using Daypass.Service.Directories;
using Daypass.Service.Mfa;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Mfa;

/// <summary>Which codes are taken when.</summary>
public sealed class MfaCodesTests
{
    private static readonly byte[] Seed = Encoding.ASCII.GetBytes("12345678901234567890");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly long Present = Totp.StepAt(Now);

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_is_taken_one_step_early_or_late_and_no_more(int off, bool isTaken)
    {
        foreach (var moment in (DateTimeOffset[])[Now, Now.AddSeconds(29.999)])
            Assert.Equal(isTaken ? Present + off : null, MfaCodes.FindStep(Seed, 0, Totp.CodeAt(Seed, Present + off), moment, 0));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-10)]
    public void A_device_is_counted_by_its_own_clock(int drift)
    {
        Assert.Equal(Present + drift, MfaCodes.FindStep(Seed, drift, Totp.CodeAt(Seed, Present + drift), Now, 0));
        Assert.Null(MfaCodes.FindStep(Seed, drift, Totp.CodeAt(Seed, Present), Now, 0));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    [InlineData(-2, -1)]
    [InlineData(-10, -9)]
    [InlineData(-11, -10)]
    [InlineData(11, 10)]
    public void Two_codes_in_a_row_tell_how_far_off_a_clock_is(int off, int drift)
    {
        var pair = MfaCodes.FindPair(Seed, Totp.CodeAt(Seed, Present + off - 1), Totp.CodeAt(Seed, Present + off), Now, 0);
        Assert.Equal(Present + off - 1, pair);
        Assert.Equal(drift, MfaCodes.DriftOf(pair!.Value, Now));
        // From here on what that clock shows is taken.
        Assert.NotNull(MfaCodes.FindStep(Seed, drift, Totp.CodeAt(Seed, Present + off), Now, 0));
    }

    [Fact]
    public void Whoever_types_slowly_is_not_taken_for_a_slow_clock()
    {
        // The second code is typed half a minute after it went: the clock is right, and what it shows is taken.
        var drift = MfaCodes.DriftOf(Present - 3, Now);
        Assert.NotNull(MfaCodes.FindStep(Seed, drift, Totp.CodeAt(Seed, Present), Now, 0));
    }

    [Theory]
    [InlineData(-12, -11)]
    [InlineData(12, 13)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    public void Codes_too_far_off_or_not_in_a_row_tell_nothing(int first, int second) =>
        Assert.Null(MfaCodes.FindPair(Seed, Totp.CodeAt(Seed, Present + first - 1), Totp.CodeAt(Seed, Present + second - 1), Now, 0));

    [Fact]
    public void No_code_that_could_have_been_used_before_a_restore_is_taken_after_it()
    {
        var installation = Restored(Now);
        var first = MfaCodes.FirstStep(installation);
        // Until the moment of the restore: those of the most drift there is, one step early.
        var latest = Present + MfaCodes.MaxDrift + MfaCodes.Window;
        Assert.NotNull(MfaCodes.FindStep(Seed, MfaCodes.MaxDrift, Totp.CodeAt(Seed, latest), Now, 0));
        foreach (var drift in (int[])[0, MfaCodes.MaxDrift])
        {
            for (var later = Now; later < Now.AddMinutes(20); later = later.AddSeconds(15))
            {
                for (var step = Present - 20; step <= latest; step++)
                    Assert.Null(MfaCodes.FindStep(Seed, drift, Totp.CodeAt(Seed, step), later, first));
            }
        }
        Assert.NotNull(MfaCodes.FindStep(Seed, 0, Totp.CodeAt(Seed, latest + 1), Now.AddMinutes(6), first));
        Assert.Null(MfaCodes.FindPair(Seed, Totp.CodeAt(Seed, latest), Totp.CodeAt(Seed, latest + 1), Now.AddMinutes(6), first));
        Assert.NotNull(MfaCodes.FindPair(Seed, Totp.CodeAt(Seed, latest + 1), Totp.CodeAt(Seed, latest + 2), Now.AddMinutes(6), first));
    }

    [Fact]
    public void A_used_code_is_remembered_for_longer_than_any_code_is_taken()
    {
        // From the earliest moment with the most drift one way to the latest with the most the other way.
        var longest = TimeSpan.FromSeconds(Totp.StepSeconds * (1 + (2 * (MfaCodes.Window + MfaCodes.MaxDrift))));
        Assert.True(MfaCodes.Remembered >= longest + TimeSpan.FromMinutes(30), "Clocks of nodes may differ by half an hour.");
    }

    private static InstallationDirectory Restored(DateTimeOffset at)
    {
        var restored = new Restored { BackupAt = at.AddHours(-1), BackupEpoch = "before", BackupSequence = 1, RestoredAt = at, Sessions = "none", AccessKeys = "inactive" };
        var document = new Document(DocumentKinds.Restored.KeyOf(restored), 1, DocumentKinds.Restored.Write(restored));
        return new InstallationDirectory(Documents.From(new DocumentSet(SetId.Installation, new FeedPosition("test", 1), [document])));
    }
}
