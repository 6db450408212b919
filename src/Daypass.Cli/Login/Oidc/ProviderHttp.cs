using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Login.Oidc;

/// <summary>Asks an OpenID provider, and reads a JSON object. Follows no redirect: what is sent is for whom it is sent to.</summary>
internal sealed class ProviderHttp : IDisposable
{
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _local = ClientOf(useProxy: false);
    private readonly HttpClient _remote = ClientOf(useProxy: true);

    /// <exception cref="CommandException">Nobody answers, or not with a JSON object.</exception>
    public Task<(int Status, JsonObject Body)> GetAsync(Uri address, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);

    /// <inheritdoc cref="GetAsync"/>
    public Task<(int Status, JsonObject Body)> PostAsync(Uri address, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) }, cancellationToken);

    public void Dispose()
    {
        _local.Dispose();
        _remote.Dispose();
    }

    private async Task<(int Status, JsonObject Body)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            var address = request.RequestUri!;
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            try
            {
                using var response = await (address.IsLoopback ? _local : _remote).SendAsync(request, cancellationToken);
                return Read(await response.Content.ReadAsStringAsync(cancellationToken)) is { } body
                    ? ((int)response.StatusCode, body)
                    : throw new CommandException($"{address.GetLeftPart(UriPartial.Path)} does not answer as an OpenID provider does: HTTP {(int)response.StatusCode} without a JSON object.");
            }
            catch (HttpRequestException exception)
            {
                throw new CommandException($"No answer from {address.GetLeftPart(UriPartial.Authority)}: {exception.GetBaseException().Message.TrimEnd('.')}.{Advice(exception)}");
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new CommandException($"No answer from {address.GetLeftPart(UriPartial.Authority)} within {Patience.TotalSeconds} seconds.");
            }
        }
    }

    private static string Advice(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.SecureConnectionError ? " A certificate of your own authority is trusted with SSL_CERT_FILE=ca.pem, here and where tools run." : "";

    private static JsonObject? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static HttpClient ClientOf(bool useProxy)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = useProxy, UseCookies = false }) { Timeout = Patience, MaxResponseContentBufferSize = MostBytes };
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "daypass/" + ProductVersion.Text);
        return client;
    }
}
