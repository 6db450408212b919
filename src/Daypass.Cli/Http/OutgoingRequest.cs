namespace Daypass.Cli.Http;

/// <summary>A request that is yet to be signed.</summary>
internal sealed record OutgoingRequest(string Method, Uri Address, byte[] Body)
{
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);
}
