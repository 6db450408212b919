using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Keys;

/// <summary>The keys of encoded authorization messages follow those of sessions.</summary>
public sealed class MessageKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Account = AccountId.Of(111122223333);
    private static readonly SealingKey Key = new(1, [.. Enumerable.Repeat((byte)7, XAes256Gcm.KeySize)], SealingKeyState.Active);
    private static readonly KeyRing Sessions = new(SessionTokenCodec.Purpose, [Key]);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void A_key_of_which_later_sessions_are_refused_opens_no_later_message(int until, bool opens)
    {
        var rings = new Rings(Sessions, null, new Dictionary<uint, DateTimeOffset> { [1] = Now.AddSeconds(until) });
        var message = new AuthorizationMessage(new ExplainedDenial(Account, Account, "{}", null), Now);
        var lease = rings.Messages!.MakeKey(new MessageOrigin("photos", "us-east-1", Account), Account, Now, new byte[] { 1 }.Concat(new byte[AuthorizationMessageCodec.KeyRandom - 1]).ToArray());
        foreach (var encoded in new[] { rings.Messages.Seal(message, new byte[XAes256Gcm.NonceSize]), lease.Seal(message, new byte[XAes256Gcm.NonceSize]) })
            Assert.Equal(opens, rings.OpenMessage(encoded, Now) is not null);
    }

    [Fact]
    public void A_node_without_keys_refuses_all_the_same()
    {
        var vault = new Vault(() => new Rings(null, null));
        Assert.Null(vault.SealMessage(new AuthorizationMessage(new ExplainedDenial(Account, Account, "{}", null), Now), new SeededEntropy()));
        Assert.Null(vault.OpenMessage(new string('A', 6827), Now));
        Assert.Null(vault.MakeExplanationKey(new MessageOrigin("photos", "us-east-1", Account), Account, Now, new SeededEntropy()));
        Assert.Null(vault.MessageKeyId);
    }
}
