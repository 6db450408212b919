using System.Net;
using System.Net.Sockets;
using System.Text;
using Daypass.Leases;
using Daypass.Signing;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Leases;

/// <summary>Sends the service's signed calls to the nodes of Daypass.</summary>
internal sealed class NodeCalls : IDisposable
{
    private const int LongestAnswer = 64 * 1024 * 1024;

    private readonly DaypassOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpClient _http;

    public NodeCalls(IOptions<DaypassOptions> options, TimeProvider time, ILogger<NodeCalls> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        Nodes = [_options.Endpoint!, .. _options.OtherEndpoints];
        // A proxy of the environment would see signing keys; a redirect would carry them elsewhere.
        var handler = _options.BackchannelHttpHandler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        _http = new HttpClient(handler, disposeHandler: _options.BackchannelHttpHandler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    /// <summary>In the order in which they are asked.</summary>
    public IReadOnlyList<Uri> Nodes { get; }

    /// <summary>The start of a form for one of Daypass's own actions on this service.</summary>
    public StringBuilder Form(string action)
    {
        var form = new StringBuilder();
        Add(form, "Action", action);
        Add(form, "Version", LeaseProtocol.ApiVersion);
        Add(form, "ServiceName", _options.Service);
        Add(form, "Region", _options.Region);
        return form;
    }

    public static void Add(StringBuilder form, string name, string? value)
    {
        if (value is not null)
            form.Append(form.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    /// <summary>The node's answer, or null when it cannot be reached, which is logged.</summary>
    /// <exception cref="Exception">The call could not be made: the service's own credentials cannot be read.</exception>
    public async Task<NodeAnswer?> PostAsync(Uri node, byte[] form, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.CallTimeout);
        try
        {
            using var request = Sign(node, form);
            using var response = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
            // Behind a gateway these say that no node is there; from a node, 503 says that it cannot answer now.
            if (response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
                throw new HttpRequestException($"The node answers {(int)response.StatusCode}.");
            return new NodeAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false));
        }
        catch (Exception failure) when (IsOutOfReach(failure) && !cancellationToken.IsCancellationRequested)
        {
            Log.OutOfReach(_logger, node, failure.Message);
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsOutOfReach(Exception failure) => failure is HttpRequestException or OperationCanceledException or SocketException or HttpIOException;

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
}

/// <summary>What a node answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON, if all is well.</param>
internal sealed record NodeAnswer(int Status, string Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
