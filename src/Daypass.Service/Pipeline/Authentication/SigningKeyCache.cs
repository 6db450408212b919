using System.Collections.Concurrent;
using Daypass.Signing;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// Derived keys by algorithm, key, date, region and service: four HMACs, or a point of the curve, saved on each call of a caller that
/// was here before. Holds no secret access key and no verdict. Bounded: when full, everything older than the newest half is dropped.
/// </summary>
internal sealed class SigningKeyCache(int capacity = 65_536)
{
    private ConcurrentDictionary<Scope, byte[]> _current = new();
    private ConcurrentDictionary<Scope, byte[]> _older = new();
    private int _count;

    private readonly record struct Scope(string Algorithm, string Key, string Date, string Region, string Service);

    /// <summary>The signing key for a credential, derived now if it is not here. The secret is only opened then.</summary>
    public byte[] Get(Credential credential, string date, string region, string service)
    {
        var scope = new Scope(SigV4.Algorithm, credential.KeyIdentity, date, region, service);
        return Find(scope) ?? Add(scope, SigV4.SigningKey(credential.Secret(), date, region, service));
    }

    /// <summary>The public key for a credential's SigV4a signatures, whatever their dates: nobody can have it derived twice in a row.</summary>
    public byte[] PublicKey(Credential credential, string accessKeyId)
    {
        var scope = new Scope(SigV4a.Algorithm, credential.KeyIdentity, "", "", "");
        return Find(scope) ?? Add(scope, SigV4a.PublicKey(credential.Secret(), accessKeyId));
    }

    private byte[]? Find(Scope scope)
    {
        if (Volatile.Read(ref _current).TryGetValue(scope, out var key))
            return key;
        // Used again, so it counts as new.
        return Volatile.Read(ref _older).TryGetValue(scope, out key) ? Add(scope, key) : null;
    }

    private byte[] Add(Scope scope, byte[] key)
    {
        var current = Volatile.Read(ref _current);
        // Counted here: asking a concurrent dictionary for its count takes all of its locks.
        if (Interlocked.Increment(ref _count) > capacity / 2)
        {
            Interlocked.Exchange(ref _count, 1);
            Volatile.Write(ref _older, current);
            Volatile.Write(ref _current, current = new ConcurrentDictionary<Scope, byte[]>());
        }
        current[scope] = key;
        return key;
    }
}
