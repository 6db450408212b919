using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Daypass.Signing;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Leases;

/// <summary>
/// Verdicts on requests of the uproject dialect, each asked for anew: nothing of that signature can be verified here, and a verdict that is
/// remembered would only make it easier to send a request again. What is held between requests is what the caller may do, which Daypass
/// says is still true with each verdict.
/// </summary>
internal sealed class RequestVerdicts : IAsyncDisposable
{
    private const int MostWaiting = 2048;

    private readonly int _most;
    private readonly TimeProvider _time;
    private readonly LeaseBatcher _verdicts;
    private readonly RefusedClaims _refused;
    private readonly SourceBudget _budget;
    private readonly ConcurrentDictionary<LeaseKey, Known> _known = new();

    public RequestVerdicts(IOptions<DaypassOptions> options, LeaseClient client, TimeProvider time)
    {
        _most = options.Value.MaxLeases;
        _time = time;
        // Every request waits for its verdict: a batch is what has come while the calls before it were under way.
        _verdicts = new LeaseBatcher(client, LeaseWire.Verdicts, TimeSpan.Zero, time, MostWaiting);
        _refused = new RefusedClaims(time);
        _budget = new SourceBudget(time);
    }

    /// <summary>The lease of whoever signed this request, for this request; or why there is none.</summary>
    public async ValueTask<(HeldLease? Lease, DaypassRefusal? Refusal)> AskAsync(UprojectRequest request, IPAddress? source, CancellationToken cancellationToken)
    {
        var proof = new LeaseProof(new LeaseKey(request.PublicKey!, null), request.SecurityToken, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(request.CanonicalText)), request.Signature!);
        if ((proof.FaultOfForm() ?? _refused.Find(proof)) is { } known)
            return (null, known);
        var held = Find(proof);
        // Whoever was let in before may have any number of requests under way; strangers pay in advance.
        if (held is null ? !_budget.TrySpend(source) : !_budget.HasAny(source))
            return (null, Refusals.SlowDown);
        var answer = await _verdicts.AskAsync(proof with { KnownVersion = held?.Version }).ConfigureAwait(false);
        Settle(proof, answer, held is not null, source);
        cancellationToken.ThrowIfCancellationRequested();
        return answer.Kind switch
        {
            AnswerKind.Granted => (Lease(proof, Hold(proof, answer.Terms!), answer.SentAt), null),
            AnswerKind.Unchanged => (Lease(proof, held!, answer.SentAt), null),
            _ => (null, answer.Refusal),
        };
    }

    private void Settle(LeaseProof proof, LeaseAnswer answer, bool isKnown, IPAddress? source)
    {
        if (answer.Kind == AnswerKind.Refused)
            _refused.Add(proof, answer);
        if (isKnown && answer.Kind == AnswerKind.Refused)
            _budget.Charge(source);
        else if (!isKnown && answer.Kind != AnswerKind.Refused)
            _budget.Refund(source);
    }

    /// <summary>Drops what no request has asked for in a while. Called when there is no room.</summary>
    private void MakeRoom()
    {
        foreach (var known in _known.OrderBy(known => known.Value.LastUsed).Take(Math.Max(1, _most / 16)))
            _known.TryRemove(known);
    }

    public ValueTask DisposeAsync() => _verdicts.DisposeAsync();

    private LeaseTerms? Find(LeaseProof proof)
    {
        if (!_known.TryGetValue(proof.Key, out var known) || !HeldLease.IsSameToken(known.SessionToken, proof.SessionToken))
            return null;
        known.LastUsed = _time.GetTimestamp();
        return known.Terms.IsOld(_time.GetUtcNow()) ? null : known.Terms;
    }

    private LeaseTerms Hold(LeaseProof proof, LeaseTerms terms)
    {
        if (_known.Count >= _most && !_known.ContainsKey(proof.Key))
            MakeRoom();
        _known[proof.Key] = new Known(proof.SessionToken, terms) { LastUsed = _time.GetTimestamp() };
        return terms;
    }

    // Of one request alone, so that its proof is that request: whatever takes longer than a lease is fresh is proven again.
    private HeldLease Lease(LeaseProof proof, LeaseTerms terms, long sentAt)
    {
        var lease = new HeldLease(proof.Key, proof.SessionToken, new LeaseGrant(terms, sentAt)) { Renewals = _verdicts };
        lease.NoteUse(proof.Text, proof.Signature, sentAt);
        return lease;
    }

    private sealed record Known(string? SessionToken, LeaseTerms Terms)
    {
        public long LastUsed { get; set; }
    }
}
