using System.Net;
using Daypass.Names;

namespace Daypass.Service.Pipeline;

/// <summary>Rates of the server. Zero or less means no limit.</summary>
internal sealed record ThrottleOptions
{
    /// <summary>Calls a second of one account; costs weigh (writes count double). Default: no limit.</summary>
    public double CallsPerAccount { get; init; }

    /// <summary>Writes to an account, which cost a flush each, a second. Default 500.</summary>
    public double WritesPerAccount { get; init; } = 500;

    /// <summary>Searches in an account's trail a second. Default 100; AWS allows 2.</summary>
    public double LookupsPerAccount { get; init; } = 100;

    /// <summary>Refusals before the caller was proven, a second and source. A source above it is turned away before anything costs. Default 50.</summary>
    public double RefusalsPerSource { get; init; } = 50;

    /// <summary>Events that one protected service may report, a second; of long ones each KiB counts. Default 1000.</summary>
    public double EventsPerService { get; init; } = 1000;
}

/// <summary>
/// Step 0, by token buckets of one second's burst times ten. The tables have a fixed size and sources share their slots by hash, so a
/// stranger with many addresses costs no memory.
/// </summary>
internal sealed class Throttle(ThrottleOptions options, TimeProvider time)
{
    /// <summary>The size of every table.</summary>
    public const int Slots = 4096;

    private const double BurstSeconds = 10;

    // Nothing that an operator must know of: what is not recorded by name is counted, as for all strangers.
    private const double NamedStrangers = 2;

    // Far more than an honest service's clients mistype, and far fewer than a list of keys has.
    private const double ExplainedRefusals = 100;
    private readonly Bucket[] _refusals = Buckets();
    private readonly Bucket[] _calls = Buckets();
    private readonly Bucket[] _writes = Buckets();
    private readonly Bucket[] _reports = Buckets();
    private readonly Bucket[] _lookups = Buckets();
    private readonly Bucket[] _named = Buckets();
    private readonly Bucket[] _explained = Buckets();

    /// <exception cref="ApiException">Throttling: the source was refused too often.</exception>
    public void Admit(IPAddress source)
    {
        if (options.RefusalsPerSource > 0 && !Of(_refusals, Hash(source)).HasMore(options.RefusalsPerSource, time))
            throw Errors.Throttling();
    }

    /// <summary>Charges a refusal to its source.</summary>
    public void CountRefusal(IPAddress source)
    {
        if (options.RefusalsPerSource > 0)
            Of(_refusals, Hash(source)).TryTake(1, options.RefusalsPerSource, time);
    }

    /// <exception cref="ApiException">Throttling: the account calls too often.</exception>
    public void AdmitAccount(AccountId account, ApiAction action)
    {
        var slot = account.GetHashCode();
        if (options.CallsPerAccount > 0 && !Of(_calls, slot).TryTake(action.Cost, options.CallsPerAccount, time))
            throw Errors.Throttling();
        if (action.SearchesTrail && options.LookupsPerAccount > 0 && !Of(_lookups, slot).TryTake(1, options.LookupsPerAccount, time))
            throw Errors.Throttling();
        if (action.Writes && options.WritesPerAccount > 0 && !Of(_writes, slot).TryTake(1, options.WritesPerAccount, time))
            throw Errors.Throttling();
    }

    /// <exception cref="ApiException">Throttling: the service reports too much. It may send the same again later.</exception>
    public void AdmitLoad(ReportLoad load)
    {
        // A batch may weigh more than a low rate's burst, and must pass sometimes.
        var cost = Math.Min(load.Weight, options.EventsPerService * BurstSeconds);
        if (options.EventsPerService > 0 && !Of(_reports, load.GetHashCode()).TryTake(cost, options.EventsPerService, time))
            throw Errors.Throttling();
    }

    /// <summary>
    /// Whether the refusal of somebody who is known by name and yet a stranger may stand in an account's trail. There are few such a second,
    /// whatever the addresses they come from: else they could fill it.
    /// </summary>
    public bool MayNameStranger(AccountId account) => Of(_named, account.GetHashCode()).TryTake(1, NamedStrangers, time);

    /// <summary>Whether a service may be told the reasons of so many refusals more.</summary>
    public bool MayExplain(string service, int refusals) => Of(_explained, service.GetHashCode(StringComparison.Ordinal)).TryTake(refusals, ExplainedRefusals, time);

    /// <summary>The slot that a source has in any table.</summary>
    public static int SlotOf(IPAddress source) => (int)((uint)Hash(source) % Slots);

    private static Bucket[] Buckets()
    {
        var buckets = new Bucket[Slots];
        for (var i = 0; i < Slots; i++)
            buckets[i] = new Bucket();
        return buckets;
    }

    private static Bucket Of(Bucket[] buckets, int hash) => buckets[(uint)hash % Slots];

    // An IPv6 caller has a whole /64 to choose addresses from.
    private static int Hash(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var length))
            return 0;
        var hash = new HashCode();
        hash.AddBytes(bytes[..(length == 16 && !address.IsIPv4MappedToIPv6 ? 8 : length)]);
        return hash.ToHashCode();
    }

    private sealed class Bucket
    {
        private readonly Lock _lock = new();
        private double _level = double.MaxValue;
        private long _filled;

        public bool HasMore(double rate, TimeProvider time)
        {
            lock (_lock)
                return Fill(rate, time) >= 1;
        }

        public bool TryTake(double cost, double rate, TimeProvider time)
        {
            lock (_lock)
            {
                if (Fill(rate, time) < cost)
                    return false;
                _level -= cost;
                return true;
            }
        }

        private double Fill(double rate, TimeProvider time)
        {
            var now = time.GetTimestamp();
            var earned = _filled == 0 ? double.MaxValue : time.GetElapsedTime(_filled, now).TotalSeconds * rate;
            _filled = now;
            return _level = Math.Min(rate * BurstSeconds, _level == double.MaxValue ? double.MaxValue : _level + earned);
        }
    }
}

/// <summary>What a service reports at once.</summary>
/// <param name="Service">Its ARN.</param>
/// <param name="Weight">Events, and KiB where those are more.</param>
internal readonly record struct ReportLoad(string Service, int Weight)
{
    public override int GetHashCode() => Service.GetHashCode(StringComparison.Ordinal);
}
