using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Daypass.AspNetCore.Leases;

/// <summary>What was granted last, and when it was asked for: from that moment its times count.</summary>
internal sealed record LeaseGrant(LeaseTerms Terms, long SentAt);

/// <summary>How a renewal ended.</summary>
internal sealed record RenewalOutcome(AnswerKind Kind);

/// <summary>One caller's lease and the token that it was proven with. Shared by all requests of the caller.</summary>
internal sealed class HeldLease(LeaseKey key, string? sessionToken, LeaseGrant grant)
{
    private readonly Lock _gate = new();
    private LeaseGrant _grant = grant;
    private LeaseProof? _proof;
    private DaypassRefusal? _refusal;
    private Task<RenewalOutcome>? _renewal;
    private long _lastUsed = grant.SentAt;
    private bool _isUsed;

    public LeaseKey Key { get; } = key;

    public string? SessionToken { get; } = sessionToken;

    /// <summary>Who renews it, if it is not one of the leases with a signing key.</summary>
    public LeaseBatcher? Renewals { get; init; }

    public LeaseGrant Grant
    {
        get => Volatile.Read(ref _grant);
        set => Volatile.Write(ref _grant, value);
    }

    /// <summary>Why the caller has no lease any more; requests that are under way ask for it too.</summary>
    public DaypassRefusal? Refusal
    {
        get => Volatile.Read(ref _refusal);
        set => Volatile.Write(ref _refusal, value);
    }

    /// <summary>Whether a request came since the last renewal.</summary>
    public bool IsUsed
    {
        get => Volatile.Read(ref _isUsed);
        set => Volatile.Write(ref _isUsed, value);
    }

    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>Whether the lease was proven with this token, or without one. In fixed time: a token is a secret.</summary>
    public bool IsProvenWith(string? token) => IsSameToken(SessionToken, token);

    /// <summary>Whether two tokens are one, or both none; in fixed time.</summary>
    public static bool IsSameToken(string? one, string? other) => (one is null) == (other is null) && AreEqual(one, other);

    /// <summary>Notes a request whose signature was verified. The first one after a renewal is kept as the proof for the next.</summary>
    public void NoteUse(string stringToSign, string signature, long now)
    {
        Volatile.Write(ref _lastUsed, now);
        if (IsUsed)
            return;
        Volatile.Write(ref _proof, new LeaseProof(Key, SessionToken, stringToSign, signature));
        IsUsed = true;
    }

    // Takes as long for a wrong token as for the right one of its length. CryptographicOperations.FixedTimeEquals does so byte by byte, and
    // tokens are long: it would be a fifteenth of a whole request.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool AreEqual(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.Length != right.Length)
            return false;
        var lefts = MemoryMarshal.Cast<char, ulong>(left);
        var rights = MemoryMarshal.Cast<char, ulong>(right);
        var difference = 0UL;
        for (var i = 0; i < lefts.Length; i++)
            difference |= lefts[i] ^ rights[i];
        for (var i = lefts.Length * (sizeof(ulong) / sizeof(char)); i < left.Length; i++)
            difference |= (uint)(left[i] ^ right[i]);
        return difference == 0;
    }

    /// <summary>The proof for a renewal; null for a lease that was never used.</summary>
    public LeaseProof? Proof => Volatile.Read(ref _proof) is { } proof ? proof with { KnownVersion = Grant.Terms.Version } : null;

    /// <summary>Joins the renewal that is under way, or begins one.</summary>
    public Task<RenewalOutcome> RenewOnce(Func<HeldLease, Task<RenewalOutcome>> renew)
    {
        lock (_gate)
        {
            if (_renewal is null or { IsCompleted: true })
                _renewal = renew(this);
            return _renewal;
        }
    }
}
