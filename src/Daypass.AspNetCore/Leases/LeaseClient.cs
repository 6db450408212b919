using System.Text;
using Daypass.Names;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Leases;

/// <summary>Asks Daypass for leases and verdicts, and tells "no" from "no answer".</summary>
internal sealed class LeaseClient
{
    // For a moment after no node could be reached, nobody waits to find that out again.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly DaypassOptions _options;
    private readonly NodeCalls _calls;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CompiledPolicies _policies;
    private long _awaySince;
    private bool _isProbing;
    private long _owner;

    public LeaseClient(IOptions<DaypassOptions> options, NodeCalls calls, TimeProvider time, ILogger<LeaseClient> logger)
    {
        _options = options.Value;
        _calls = calls;
        _time = time;
        _logger = logger;
        _policies = new CompiledPolicies(logger);
    }

    /// <summary>The account that the service is registered under; not set before the first answer.</summary>
    public AccountId Owner => Volatile.Read(ref _owner) is var number and > 0 ? AccountId.Of(number) : default;

    /// <summary>One answer for each proof, in order. Never throws for what a node does.</summary>
    public async Task<LeaseAnswer[]> AskAsync(LeaseWire wire, IReadOnlyList<LeaseProof> proofs, CancellationToken cancellationToken)
    {
        // While the nodes are away one call at a time finds out whether they are back; nobody else waits for its timeout.
        var isAway = Volatile.Read(ref _awaySince) is not 0;
        if (isAway && (_time.GetElapsedTime(Volatile.Read(ref _awaySince)) < Pause || Interlocked.Exchange(ref _isProbing, true)))
            return All(proofs, LeaseAnswer.Unreachable);
        try
        {
            return await AskNodesAsync(wire, proofs, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (isAway)
                Volatile.Write(ref _isProbing, false);
        }
    }

    private async Task<LeaseAnswer[]> AskNodesAsync(LeaseWire wire, IReadOnlyList<LeaseProof> proofs, CancellationToken cancellationToken)
    {
        foreach (var node in _calls.Nodes)
        {
            if (await AskNodeAsync(node, wire, proofs, cancellationToken).ConfigureAwait(false) is { } answers)
                return answers;
        }
        Volatile.Write(ref _awaySince, _time.GetTimestamp() | 1);
        return All(proofs, LeaseAnswer.Unreachable);
    }

    /// <summary>The node's answers, or null when it cannot be reached.</summary>
    private async Task<LeaseAnswer[]?> AskNodeAsync(Uri node, LeaseWire wire, IReadOnlyList<LeaseProof> proofs, CancellationToken cancellationToken)
    {
        try
        {
            var form = FormOf(wire, proofs);
            var sentAt = _time.GetTimestamp();
            if (await _calls.PostAsync(node, form, cancellationToken).ConfigureAwait(false) is not { } answer)
                return null;
            Volatile.Write(ref _awaySince, 0);
            if (answer.IsSuccess)
                return Read(wire, answer.Body, proofs, sentAt);
            Log.Rejected(_logger, node, answer.Status, LeaseAnswers.ErrorOf(answer.Body));
            return All(proofs, LeaseAnswer.Failed);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // An answer that is no answer, or credentials that cannot be read: never a reason to let anybody in, nor to stop asking.
            Log.BadAnswer(_logger, node, failure);
            return All(proofs, LeaseAnswer.Failed);
        }
    }

    private LeaseAnswer[] Read(LeaseWire wire, string body, IReadOnlyList<LeaseProof> proofs, long sentAt)
    {
        var answers = LeaseAnswers.Read(wire, body, proofs, _options.Service, _options.Region, sentAt, _policies, out var owner);
        Volatile.Write(ref _owner, owner.Number);
        return answers;
    }

    private byte[] FormOf(LeaseWire wire, IReadOnlyList<LeaseProof> proofs)
    {
        var form = _calls.Form(wire.Action);
        wire.Add(form, proofs);
        return Encoding.ASCII.GetBytes(form.ToString());
    }

    private static LeaseAnswer[] All(IReadOnlyList<LeaseProof> proofs, LeaseAnswer answer)
    {
        var answers = new LeaseAnswer[proofs.Count];
        Array.Fill(answers, answer);
        return answers;
    }
}
