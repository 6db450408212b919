using Daypass.Jose;

namespace Daypass.Service.Federation.Oidc;

/// <summary>
/// When an issuer may be asked for a key that it did not have: a key id that it was just asked for in vain has to wait, and all of them together have a
/// rate, so that invented ids reach the issuer no more often than that. Of fixed size.
/// </summary>
internal sealed class MissingKeys(TimeProvider time, IssuerKeyOptions options)
{
    private const int MostNoted = 256;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string? KeyId, string Algorithm), long> _noted = [];
    private double _asks = options.AskBurst;
    private long _filled = time.GetTimestamp();

    /// <summary>Whether to ask now; counts as one ask if so.</summary>
    public bool MayAsk(JsonWebToken token)
    {
        lock (_lock)
        {
            if (_noted.TryGetValue(NameOf(token), out var at) && time.GetElapsedTime(at) < options.MissingFor)
                return false;
            var now = time.GetTimestamp();
            _asks = Math.Min(options.AskBurst, _asks + (time.GetElapsedTime(_filled, now) / options.AskInterval));
            _filled = now;
            if (_asks < 1)
                return false;
            _asks--;
            return true;
        }
    }

    /// <summary>Notes that the issuer was asked, and had no such key.</summary>
    public void Note(JsonWebToken token)
    {
        lock (_lock)
        {
            if (_noted.Count >= MostNoted)
                _noted.Clear();
            _noted[NameOf(token)] = time.GetTimestamp();
        }
    }

    private static (string? KeyId, string Algorithm) NameOf(JsonWebToken token) => (token.KeyId, token.Algorithm.Name);
}
