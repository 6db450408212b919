using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// One key, held ready. One object serves one thread at a time, as the documentation of the types demands; making one costs as much as using it, so
/// those that are idle stay. Safe for many threads.
/// </summary>
/// <param name="make">Makes another object of the same key.</param>
internal sealed class KeyPool(Func<AsymmetricAlgorithm> make)
{
    private readonly ConcurrentBag<AsymmetricAlgorithm> _idle = [];

    /// <summary>What <paramref name="use"/> comes to; an object that it threw with is not used again.</summary>
    public T Use<T>(Func<AsymmetricAlgorithm, T> use)
    {
        var key = _idle.TryTake(out var idle) ? idle : make();
        var result = use(key);
        _idle.Add(key);
        return result;
    }
}
