using Daypass.Service.Keys;
using Daypass.Trails;

namespace Daypass.Service.Audit.Digests;

/// <summary>The ring of keys that sign digests. Its public keys stay for ever, as digests are verified years later.</summary>
/// <param name="keys">The installation's keys that sign.</param>
/// <param name="clockOffset">How far policy time, which digests are dated in, is before real time, which keys are dated in.</param>
internal sealed class TrailKeys(SigningKeys keys, Func<TimeSpan> clockOffset) : ITrailKeys
{
    public async ValueTask<TrailSigner> ActiveAsync(CancellationToken cancellationToken)
    {
        var key = await keys.GetAsync(KeyPurposes.TrailDigest, cancellationToken).ConfigureAwait(false);
        return new TrailSigner(TrailPublicKey.FingerprintOf(key.RsaPublicKey()), data => key.Sign(data));
    }

    public IReadOnlyList<TrailPublicKey> All => [.. keys.All(KeyPurposes.TrailDigest).Select(Of)];

    // A node that was cut off may have gone on with a retired key; with a revoked one, whoever has it may.
    private TrailPublicKey Of(SigningKey key) => new(key.RsaPublicKey(), key.Created, key.Revoked + clockOffset() ?? key.Retired + KeyRotation.LongestStaleness + clockOffset());
}
