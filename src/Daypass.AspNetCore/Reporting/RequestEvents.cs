namespace Daypass.AspNetCore.Reporting;

/// <summary>The events of one request until its end. A service may ask from several threads at once, and even after the end.</summary>
internal sealed class RequestEvents
{
    private static readonly DataEvent Closed = new(null!, null, "", default, null!, 0, null, false);
    private DataEvent? _last;

    /// <summary>Whether the service asked for any action, whatever became of the event.</summary>
    public bool HasAsked { get; set; }

    /// <summary>What the service says went wrong.</summary>
    public (string Code, string? Message)? Failure { get; set; }

    /// <summary>Keeps an event for the end; false when that has been.</summary>
    public bool TryAdd(DataEvent added)
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            if (ReferenceEquals(last, Closed))
                return false;
            added.Before = last;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _last, added, last), last))
                return true;
        }
    }

    /// <summary>The newest event of all, from which the others hang; null when there is none. Nothing is kept from here on.</summary>
    public DataEvent? Close() => Interlocked.Exchange(ref _last, Closed) is var last && ReferenceEquals(last, Closed) ? null : last;
}
