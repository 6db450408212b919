using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Daypass.Leases;
using Daypass.Names;
using Daypass.Signing;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Leases;

/// <summary>Makes the one call that the service makes to Daypass (<see cref="LeaseProtocol"/>), and tells "no" from "no answer".</summary>
internal sealed class LeaseClient : IDisposable
{
    private const int LongestAnswer = 64 * 1024 * 1024;

    // For a moment after no node could be reached, nobody waits to find that out again.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly DaypassOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpClient _http;
    private readonly Uri[] _nodes;
    private readonly CompiledPolicies _policies;
    private long _awaySince;
    private bool _isProbing;
    private long _owner;

    public LeaseClient(IOptions<DaypassOptions> options, TimeProvider time, ILogger<LeaseClient> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _policies = new CompiledPolicies(logger);
        _nodes = [_options.Endpoint!, .. _options.OtherEndpoints];
        // A proxy of the environment would see signing keys; a redirect would carry them elsewhere.
        var handler = _options.BackchannelHttpHandler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        _http = new HttpClient(handler, disposeHandler: _options.BackchannelHttpHandler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    /// <summary>The account that the service is registered under; not set before the first answer.</summary>
    public AccountId Owner => Volatile.Read(ref _owner) is var number and > 0 ? AccountId.Of(number) : default;

    /// <summary>One answer for each proof, in order. Never throws for what a node does.</summary>
    public async Task<LeaseAnswer[]> AskAsync(IReadOnlyList<LeaseProof> proofs, CancellationToken cancellationToken)
    {
        // While the nodes are away one call at a time finds out whether they are back; nobody else waits for its timeout.
        var isAway = Volatile.Read(ref _awaySince) is not 0;
        if (isAway && (_time.GetElapsedTime(Volatile.Read(ref _awaySince)) < Pause || Interlocked.Exchange(ref _isProbing, true)))
            return All(proofs, LeaseAnswer.Unreachable);
        try
        {
            return await AskNodesAsync(proofs, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (isAway)
                Volatile.Write(ref _isProbing, false);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<LeaseAnswer[]> AskNodesAsync(IReadOnlyList<LeaseProof> proofs, CancellationToken cancellationToken)
    {
        foreach (var node in _nodes)
        {
            if (await AskNodeAsync(node, proofs, cancellationToken).ConfigureAwait(false) is { } answers)
                return answers;
        }
        Volatile.Write(ref _awaySince, _time.GetTimestamp() | 1);
        return All(proofs, LeaseAnswer.Unreachable);
    }

    /// <summary>The node's answers, or null when it cannot be reached.</summary>
    private async Task<LeaseAnswer[]?> AskNodeAsync(Uri node, IReadOnlyList<LeaseProof> proofs, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.CallTimeout);
        try
        {
            using var request = Sign(node, FormOf(proofs));
            var sentAt = _time.GetTimestamp();
            using var response = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
            // Behind a gateway these say that no node is there; from a node, 503 says that it cannot answer now.
            if (response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
                throw new HttpRequestException($"The node answers {(int)response.StatusCode}.");
            Volatile.Write(ref _awaySince, 0);
            var body = await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return Read(body, proofs, sentAt);
            Log.Rejected(_logger, node, (int)response.StatusCode, LeaseAnswers.ErrorOf(body));
            return All(proofs, LeaseAnswer.Failed);
        }
        catch (Exception failure) when (IsOutOfReach(failure) && !cancellationToken.IsCancellationRequested)
        {
            Log.OutOfReach(_logger, node, failure.Message);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // An answer that is no answer, or credentials that cannot be read: never a reason to let anybody in, nor to stop asking.
            Log.BadAnswer(_logger, node, failure);
            return All(proofs, LeaseAnswer.Failed);
        }
    }

    private static bool IsOutOfReach(Exception failure) => failure is HttpRequestException or OperationCanceledException or SocketException or HttpIOException;

    private LeaseAnswer[] Read(string body, IReadOnlyList<LeaseProof> proofs, long sentAt)
    {
        var answers = LeaseAnswers.Read(body, proofs, _options.Service, _options.Region, sentAt, _policies, out var owner);
        Volatile.Write(ref _owner, owner.Number);
        return answers;
    }

    private HttpRequestMessage Sign(Uri node, byte[] form)
    {
        var uri = new Uri(node, "/");
        KeyValuePair<string, string>[] headers = [new("Accept", "application/json"), new("Content-Type", "application/x-www-form-urlencoded")];
        var keys = _options.Credentials!.Current();
        var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(form) };
        var signature = SigV4Signer.SignHeaders(
            "POST", uri, headers, SigV4.PayloadHash(form), keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken, _options.Region, LeaseProtocol.SigningService, _time.GetUtcNow());
        foreach (var (name, value) in headers.Concat(signature))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private byte[] FormOf(IReadOnlyList<LeaseProof> proofs)
    {
        var form = new StringBuilder();
        Add(form, "Action", LeaseProtocol.Action);
        Add(form, "Version", LeaseProtocol.ApiVersion);
        Add(form, "ServiceName", _options.Service);
        Add(form, "Region", _options.Region);
        for (var i = 0; i < proofs.Count; i++)
        {
            var member = string.Create(CultureInfo.InvariantCulture, $"Proofs.member.{i + 1}.");
            Add(form, member + "AccessKeyId", proofs[i].Key.AccessKeyId);
            Add(form, member + "Date", proofs[i].Key.Date);
            Add(form, member + "SessionToken", proofs[i].SessionToken);
            Add(form, member + "StringToSign", proofs[i].StringToSign);
            Add(form, member + "Signature", proofs[i].Signature);
            Add(form, member + "KnownVersion", proofs[i].KnownVersion);
        }
        return Encoding.ASCII.GetBytes(form.ToString());
    }

    private static void Add(StringBuilder form, string name, string? value)
    {
        if (value is not null)
            form.Append(form.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    private static LeaseAnswer[] All(IReadOnlyList<LeaseProof> proofs, LeaseAnswer answer)
    {
        var answers = new LeaseAnswer[proofs.Count];
        Array.Fill(answers, answer);
        return answers;
    }
}
