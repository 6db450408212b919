using Daypass.Trails;

namespace Daypass.Service.Audit.Digests;

/// <summary>The keys that sign digests. The boundary between sealing and the rings of keys.</summary>
internal interface ITrailKeys
{
    /// <summary>The key that signs now; made if there is none.</summary>
    /// <exception cref="Pipeline.ApiException">It cannot be had now.</exception>
    ValueTask<TrailSigner> ActiveAsync(CancellationToken cancellationToken);

    /// <summary>All public keys that digests were signed with, or will be.</summary>
    IReadOnlyList<TrailPublicKey> All { get; }
}

/// <summary>A key that signs.</summary>
/// <param name="Fingerprint">Of its public half.</param>
/// <param name="Sign">RSA, PKCS #1 v1.5 over SHA-256.</param>
internal sealed record TrailSigner(string Fingerprint, Func<byte[], byte[]> Sign);
