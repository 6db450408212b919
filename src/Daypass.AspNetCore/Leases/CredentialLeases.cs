using System.Collections.Concurrent;
using System.Net;
using Daypass.Signing;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Leases;

/// <summary>
/// The leases of all callers. A request whose caller's lease is held and fresh is decided without any call; the others wait for one,
/// together. Strangers cost a bounded number of calls and no memory that lasts.
/// </summary>
internal sealed class CredentialLeases : IAsyncDisposable
{
    private const int MostWaiting = 2048;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(2);

    private readonly DaypassOptions _options;
    private readonly TimeProvider _time;
    private readonly LeaseClient _client;
    private readonly LeaseBatcher _newcomers;
    private readonly LeaseBatcher _renewals;
    private readonly RefusedClaims _refused;
    private readonly SourceBudget _budget;
    private readonly ConcurrentDictionary<LeaseKey, HeldLease> _held = new();
    private readonly ConcurrentDictionary<Fingerprint, Task<LeaseAnswer>> _flights = new();

    public CredentialLeases(IOptions<DaypassOptions> options, LeaseClient client, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _client = client;
        _newcomers = new LeaseBatcher(client, LeaseWire.Leases, Window, time, MostWaiting);
        _renewals = new LeaseBatcher(client, LeaseWire.Leases, Window, time, _options.MaxLeases);
        _refused = new RefusedClaims(time);
        _budget = new SourceBudget(time);
    }

    /// <summary>How many are held.</summary>
    public int Count => _held.Count;

    /// <summary>The owner of the service: see <see cref="LeaseClient.Owner"/>.</summary>
    public Names.AccountId Owner => _client.Owner;

    /// <summary>The lease of whoever signed this request, or why it has none. On success the signature has been verified.</summary>
    public async ValueTask<(HeldLease? Lease, DaypassRefusal? Refusal)> FindAsync(SigV4Authorization authorization, string stringToSign, IPAddress? source, CancellationToken cancellationToken)
    {
        var key = new LeaseKey(authorization.AccessKeyId, authorization.Date);
        if (!_held.TryGetValue(key, out var held) || !held.IsProvenWith(authorization.SessionToken))
        {
            (held, var refusal) = await AcquireAsync(new LeaseProof(key, authorization.SessionToken, stringToSign, authorization.Signature), source, cancellationToken).ConfigureAwait(false);
            if (held is null)
                return (null, refusal);
        }
        // Always here, with this request's own signature: the lease may have been acquired by another request's.
        if (!SigV4.Matches(held.Grant.Terms.SigningKey!, stringToSign, authorization.Signature))
            return (null, Refusals.NoMatch);
        held.NoteUse(stringToSign, authorization.Signature, _time.GetTimestamp());
        return await RefreshAsync(held, cancellationToken).ConfigureAwait(false) is { } lapsed ? (null, lapsed) : (held, null);
    }

    /// <summary>Sees to it that a lease may be used now. Null when it may.</summary>
    public ValueTask<DaypassRefusal?> RefreshAsync(HeldLease held, CancellationToken cancellationToken)
    {
        if (held.Refusal is { } refusal)
            return new(refusal);
        var grant = held.Grant;
        return AgeOf(grant) < grant.Terms.FreshFor ? new(RefusalOf(grant)) : new(RenewAndWaitAsync(held, cancellationToken));
    }

    /// <summary>Renews what was used since its last renewal and will not be fresh for long; drops what has lapsed.</summary>
    public void Sweep()
    {
        _refused.Forget();
        foreach (var (_, held) in _held)
        {
            var grant = held.Grant;
            var age = AgeOf(grant);
            if (age >= grant.Terms.ValidFor)
                Drop(held);
            else if (age >= grant.Terms.FreshFor / 2 && held.IsUsed)
                _ = held.RenewOnce(RenewAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _newcomers.DisposeAsync().ConfigureAwait(false);
        await _renewals.DisposeAsync().ConfigureAwait(false);
    }

    private TimeSpan AgeOf(LeaseGrant grant) => _time.GetElapsedTime(grant.SentAt);

    private DaypassRefusal? RefusalOf(LeaseGrant grant) => grant.Terms.IsOver(_time.GetUtcNow()) ? Refusals.TokenExpired : null;

    private async Task<DaypassRefusal?> RenewAndWaitAsync(HeldLease held, CancellationToken cancellationToken)
    {
        var outcome = await held.RenewOnce(RenewAsync).WaitAsync(cancellationToken).ConfigureAwait(false);
        var grant = held.Grant;
        var longest = outcome.Kind switch
        {
            AnswerKind.Granted or AnswerKind.Unchanged => grant.Terms.FreshFor,
            AnswerKind.Unreachable => grant.Terms.ValidFor,
            _ => TimeSpan.Zero,
        };
        return held.Refusal ?? (AgeOf(grant) < longest ? RefusalOf(grant) : Refusals.Unavailable);
    }

    private async Task<RenewalOutcome> RenewAsync(HeldLease held)
    {
        // Off the caller's back at once: it holds the lease's lock.
        await Task.Yield();
        if (held.Proof is not { } proof)
            return new RenewalOutcome(AnswerKind.Failed);
        if (held.Grant.Terms.IsOld(_time.GetUtcNow()))
            proof = proof with { KnownVersion = null };
        held.IsUsed = false;
        var answer = await (held.Renewals ?? _renewals).AskAsync(proof).ConfigureAwait(false);
        if (answer.Kind is AnswerKind.Granted or AnswerKind.Unchanged)
            held.Grant = new LeaseGrant(answer.Terms ?? held.Grant.Terms, answer.SentAt);
        else if (answer.Kind == AnswerKind.Refused)
            Revoke(held, answer.Refusal);
        else
            held.IsUsed = true;
        return new RenewalOutcome(answer.Kind);
    }

    private async Task<(HeldLease? Lease, DaypassRefusal? Refusal)> AcquireAsync(LeaseProof proof, IPAddress? source, CancellationToken cancellationToken)
    {
        if (proof.FaultOfForm() is { } fault)
            return (null, fault);
        if (_refused.Find(proof) is { } known)
            return (null, known);
        if (!_budget.TrySpend(source))
            return (null, Refusals.SlowDown);
        var answer = await AskTogetherAsync(proof).ConfigureAwait(false);
        if (answer.Kind == AnswerKind.Refused)
            _refused.Add(proof, answer);
        else
            _budget.Refund(source);
        cancellationToken.ThrowIfCancellationRequested();
        return answer.Kind == AnswerKind.Granted ? (Hold(proof, answer), null) : (null, answer.Refusal);
    }

    /// <summary>One call for all who claim the same key and token at the same time.</summary>
    private async Task<LeaseAnswer> AskTogetherAsync(LeaseProof proof)
    {
        var claim = proof.Claim();
        var mine = new TaskCompletionSource<LeaseAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flight = _flights.GetOrAdd(claim, mine.Task);
        if (flight != mine.Task)
        {
            var answer = await flight.ConfigureAwait(false);
            // The first one's signature was wrong, which says nothing of ours: a stranger must not be able to refuse others.
            return answer.Kind == AnswerKind.Refused && !answer.RefusesTheKey ? await _newcomers.AskAsync(proof).ConfigureAwait(false) : answer;
        }
        try
        {
            mine.SetResult(await _newcomers.AskAsync(proof).ConfigureAwait(false));
        }
        finally
        {
            mine.TrySetResult(LeaseAnswer.Failed);
            _flights.TryRemove(claim, out _);
        }
        return await mine.Task.ConfigureAwait(false);
    }

    private HeldLease Hold(LeaseProof proof, LeaseAnswer answer)
    {
        var held = new HeldLease(proof.Key, proof.SessionToken, new LeaseGrant(answer.Terms!, answer.SentAt));
        if (_held.Count >= _options.MaxLeases)
            MakeRoom();
        // All who waited for one call share one lease; a lease that another token proved gives way.
        return _held.AddOrUpdate(
            proof.Key,
            static (_, added) => added,
            static (_, present, added) => present.IsProvenWith(added.SessionToken) && present.Grant.SentAt >= added.Grant.SentAt ? present : added,
            held);
    }

    private void MakeRoom()
    {
        var leave = Math.Max(1, _options.MaxLeases / 16);
        foreach (var held in _held.Values.OrderBy(held => held.LastUsed).Take(leave))
            Drop(held);
    }

    // Requests of the caller that are under way lose it too.
    private void Revoke(HeldLease held, DaypassRefusal? refusal)
    {
        held.Refusal = refusal;
        Drop(held);
    }

    private void Drop(HeldLease held) => _held.TryRemove(new(held.Key, held));
}
