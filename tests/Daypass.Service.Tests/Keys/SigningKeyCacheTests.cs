using Daypass.Service.Pipeline.Authentication;
using Daypass.Signing;

namespace Daypass.Service.Tests.Keys;

public sealed class SigningKeyCacheTests
{
    private const string Id = "AKIAEXAMPLE";
    private const string Secret = "secretEXAMPLE";
    private readonly SigningKeyCache _cache = new();
    private int _opened;

    [Fact]
    public void A_public_key_is_derived_once_whoever_asks_and_on_whatever_date()
    {
        for (var i = 0; i < 10; i++)
            Assert.Equal(SigV4a.PublicKey(Secret, Id), _cache.PublicKey(Known(), Id));
        Assert.Equal(1, _opened);
    }

    [Fact]
    public void Another_secret_of_the_same_key_id_has_its_own_public_key()
    {
        _cache.PublicKey(Known(), Id);
        Assert.Equal(SigV4a.PublicKey("another" + Secret, Id), _cache.PublicKey(Known("#2", "another" + Secret), Id));
    }

    [Fact]
    public void The_key_of_one_algorithm_is_never_handed_out_for_the_other()
    {
        _cache.PublicKey(Known(), Id);
        Assert.Equal(SigV4.SigningKey(Secret, "", "", ""), _cache.Get(Known(), "", "", ""));
        Assert.Equal(SigV4a.PublicKey(Secret, Id), _cache.PublicKey(Known(), Id));
    }

    [Fact]
    public void Keys_that_are_used_stay_and_the_others_leave_when_it_is_full()
    {
        var small = new SigningKeyCache(8);
        small.PublicKey(Known(), Id);
        for (var i = 0; i < 40; i++)
        {
            small.Get(Known($"#{i}"), "20261122", "us-east-1", "sts");
            if (i % 2 == 0)
                small.PublicKey(Known(), Id);
        }
        // 40 others and it, once each.
        Assert.Equal(41, _opened);
        small.Get(Known("#0"), "20261122", "us-east-1", "sts");
        Assert.Equal(42, _opened);
    }

    // Whose it is does not matter to keys.
    private Credential Known(string revision = "#1", string secret = Secret) => new(null!, Id + revision, () =>
    {
        _opened++;
        return secret;
    });
}
