using System.Collections.Concurrent;
using Daypass.Signing;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// Derived signing keys by (key, date, region, service): four HMACs saved on each call of a caller that was here before. Holds no
/// secret access key and no verdict. Bounded: when full, everything older than the newest half is dropped.
/// </summary>
internal sealed class SigningKeyCache(int capacity = 65_536)
{
    private ConcurrentDictionary<Scope, byte[]> _current = new();
    private ConcurrentDictionary<Scope, byte[]> _older = new();
    private int _count;

    private readonly record struct Scope(string Key, string Date, string Region, string Service);

    /// <summary>The signing key for a credential, derived now if it is not here. The secret is only opened then.</summary>
    public byte[] Get(Credential credential, string date, string region, string service)
    {
        var scope = new Scope(credential.KeyIdentity, date, region, service);
        var current = Volatile.Read(ref _current);
        if (current.TryGetValue(scope, out var key))
            return key;
        if (!Volatile.Read(ref _older).TryGetValue(scope, out key))
            key = SigV4.SigningKey(credential.Secret(), date, region, service);
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
