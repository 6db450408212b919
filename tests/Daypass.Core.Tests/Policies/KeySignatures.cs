using Daypass.Policies.Matching;

namespace Daypass.Core.Tests.Policies;

/// <summary>The numbers by which condition keys are found: two spellings of one key must never have two.</summary>
public sealed class KeySignatures
{
    [Fact]
    public void Letters_that_are_equal_ignoring_case_have_one_signature()
    {
        for (var first = '\0'; first < 0x80; first++)
        {
            for (var second = '\0'; second < char.MaxValue; second++)
            {
                if (first.ToString().Equals(second.ToString(), StringComparison.OrdinalIgnoreCase))
                    Assert.Equal(KeySignature.Of($"k:{first}{first}{first}"), KeySignature.Of($"k:{second}{second}{second}"));
            }
        }
        Assert.Equal(KeySignature.Of("aws:PrincipalTag/\u00c4\u00d6\u00dc"), KeySignature.Of("AWS:PRINCIPALTAG/\u00e4\u00f6\u00fc"));
    }

    [Fact]
    public void Keys_of_one_signature_are_told_apart()
    {
        Assert.Equal(KeySignature.Of("k:axbcde"), KeySignature.Of("k:aybcde"));
        var context = Requests.Context("k:axbcde=1", "k:aybcde=2");
        Assert.True(context.TryGet("K:AYBCDE", out var value));
        Assert.Equal("2", value.Single);
        Assert.False(context.TryGet("k:azbcde", out _));
        Assert.False(context.TryGet("", out _));
    }
}
