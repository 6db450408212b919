using System.Net;
using System.Net.Sockets;

namespace Daypass.AspNetCore.Leases;

/// <summary>
/// How many refusals one source may cause at Daypass: a bucket of <see cref="Burst"/>, filled again at <see cref="PerSecond"/>. Who guesses
/// keys is turned away here before long; callers who hold a lease are never asked. IPv6 sources count by their /64.
/// </summary>
internal sealed class SourceBudget(TimeProvider time)
{
    private const double Burst = 100;
    private const double PerSecond = 20;
    private const int MostSources = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, (double Left, long At)> _sources = [];

    /// <summary>Takes from the source's bucket before a question is asked for it, or says that it is empty.</summary>
    public bool TrySpend(IPAddress? source) => Change(source, -1);

    /// <summary>Gives back what a question took that did not end in a refusal.</summary>
    public void Refund(IPAddress? source) => Change(source, 1);

    /// <summary>Takes for a refusal that came unexpected; what is not there cannot be taken.</summary>
    public void Charge(IPAddress? source) => Change(source, -1);

    /// <summary>Whether anything is left.</summary>
    public bool HasAny(IPAddress? source)
    {
        lock (_gate)
            return LeftOf(BucketOf(KeyOf(source))) >= 1;
    }

    private bool Change(IPAddress? source, int by)
    {
        lock (_gate)
        {
            var key = BucketOf(KeyOf(source));
            var left = LeftOf(key) + by;
            if (left < 0)
                return false;
            _sources[key] = (Math.Min(Burst, left), time.GetTimestamp());
            return true;
        }
    }

    // More sources at once than are counted share one bucket.
    private UInt128 BucketOf(UInt128 key)
    {
        if (_sources.Count >= MostSources && !_sources.ContainsKey(key))
            ForgetFull();
        return _sources.Count < MostSources || _sources.ContainsKey(key) ? key : UInt128.MaxValue;
    }

    private double LeftOf(UInt128 key) =>
        _sources.TryGetValue(key, out var source) ? Math.Min(Burst, source.Left + (time.GetElapsedTime(source.At).TotalSeconds * PerSecond)) : Burst;

    private void ForgetFull()
    {
        foreach (var key in _sources.Keys.ToArray())
        {
            if (LeftOf(key) >= Burst)
                _sources.Remove(key);
        }
    }

    private static UInt128 KeyOf(IPAddress? source)
    {
        if (source is null)
            return UInt128.Zero;
        Span<byte> bytes = stackalloc byte[16];
        source.MapToIPv6().TryWriteBytes(bytes, out _);
        if (source.AddressFamily == AddressFamily.InterNetworkV6)
            bytes[8..].Clear();
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
