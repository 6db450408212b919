using System.Text.Json;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Credentials;

/// <summary>
/// The key that an endpoint of <c>daypass exec --serve</c>, <c>daypass serve-credentials</c> or a container's hands out. Who set the variable meant
/// it, so nothing else is tried when it fails.
/// </summary>
internal sealed class ContainerCredentials(Host host)
{
    private const string AddressVariable = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private const int MostBytes = 65_536;

    public AccessKey? Find() => host.Variable(AddressVariable) is { } address ? Ask(Connection.ReadAddress(address)) : null;

    // As the SDKs have it: without TLS the secret goes to this machine or to the addresses where containers have their endpoints.
    private static bool IsTrusted(Uri address) => address.Scheme == "https" || address.IsLoopback || address.Host is "169.254.170.2" or "169.254.170.23" or "[fd00:ec2::23]";

    private AccessKey Ask(Uri address)
    {
        if (!IsTrusted(address))
            throw new CommandException($"{AddressVariable} is {address}: without https it must be an address of this machine.");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = MostBytes };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (Secret() is { } secret)
            request.Headers.TryAddWithoutValidation("Authorization", secret);
        try
        {
            using var response = client.Send(request);
            using var reader = new StreamReader(response.Content.ReadAsStream());
            return Read(reader.ReadToEnd(), address) ?? throw new CommandException($"{address} ({AddressVariable}) gives no credentials: HTTP {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            throw new CommandException($"No answer from {address} ({AddressVariable}): {exception.Message}");
        }
    }

    private string? Secret()
    {
        if (host.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is not { } path)
            return host.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        try
        {
            return File.ReadAllText(host.FullPath(path)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The token file '{path}' (AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE) cannot be read: {exception.Message}");
        }
    }

    private static AccessKey? Read(string text, Uri address)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject answer && answer["AccessKeyId"]?.ToString() is { } id && answer["SecretAccessKey"]?.ToString() is { } secret
                ? new AccessKey(id, secret, answer["Token"]?.ToString(), address.ToString())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
