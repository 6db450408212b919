using Daypass.Cli.Credentials;
using Daypass.Signing;

namespace Daypass.Cli.Http;

/// <summary>Signs requests with the caller's key, where there is one, and sends them. Follows no redirect: a signature is for one host.</summary>
internal sealed class SignedSender(AccessKey? key, string region, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _local = ClientOf(useProxy: false);
    private readonly HttpClient _remote = ClientOf(useProxy: true);

    /// <exception cref="CommandException">Nobody answers at the address.</exception>
    public async Task<HttpResponseMessage> SendAsync(OutgoingRequest request, string service, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Address);
        if (request.Body.Length > 0 || request.Method is "POST" or "PUT")
            message.Content = new ByteArrayContent(request.Body);
        foreach (var (name, value) in request.Headers.Concat(SignatureOf(request, service)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        try
        {
            return await (request.Address.IsLoopback ? _local : _remote).SendAsync(message, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException($"No answer from {request.Address.GetLeftPart(UriPartial.Authority)}: {Explain(exception)}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"No answer from {request.Address.GetLeftPart(UriPartial.Authority)} within {Patience.TotalSeconds} seconds.");
        }
    }

    public void Dispose()
    {
        _local.Dispose();
        _remote.Dispose();
    }

    private static string Explain(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError =>
            $"{exception.GetBaseException().Message.TrimEnd('.')}. A certificate of your own is trusted with SSL_CERT_FILE=cert.pem; an address of plain http begins with http://.",
        HttpRequestError.ConnectionError => $"{exception.Message}. Is a server running there?",
        HttpRequestError.ResponseEnded or HttpRequestError.Unknown => $"{exception.GetBaseException().Message.TrimEnd('.')}. A server with a certificate has an address that begins with https://.",
        _ => exception.Message,
    };

    // A proxy of the environment is for the world outside, never for this machine.
    private static HttpClient ClientOf(bool useProxy)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = useProxy, UseCookies = false }) { Timeout = Patience };
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "daypass/" + ProductVersion.Text);
        return client;
    }

    private IReadOnlyList<KeyValuePair<string, string>> SignatureOf(OutgoingRequest request, string service)
    {
        if (key is null)
            return [];
        return SigV4Signer.SignHeaders(request.Method, request.Address, request.Headers, SigV4.PayloadHash(request.Body),
            key.Id, key.Secret, key.SessionToken, region, service, clock.GetUtcNow(), s3: service == "s3");
    }
}
