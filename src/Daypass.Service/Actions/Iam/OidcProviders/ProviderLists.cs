using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>The client ids and thumbprints of requests, with the rules that the model does not have.</summary>
internal static class ProviderLists
{
    private const int MaxThumbprints = 5;
    public static readonly TextRule ClientId = TextRule.Of(1, 255);
    private static readonly TextRule Thumbprint = TextRule.Of(40, 40);

    public static IReadOnlyList<string> ReadClientIds(Parameters wire) => [.. wire.Texts("ClientIDList", ClientId).Distinct(StringComparer.Ordinal)];

    public static IReadOnlyList<string> ReadThumbprints(Parameters wire) => wire.Texts("ThumbprintList", Thumbprint);

    /// <exception cref="ApiException">LimitExceeded.</exception>
    public static void CheckClientIds(IReadOnlyList<string> ids)
    {
        if (ids.Count > Quotas.ClientIdsPerOidcProvider.Limit)
            throw Errors.QuotaExceeded(Quotas.ClientIdsPerOidcProvider.Name, Quotas.ClientIdsPerOidcProvider.Limit);
    }

    /// <exception cref="ApiException">InvalidInput.</exception>
    public static void CheckThumbprints(IReadOnlyList<string> thumbprints)
    {
        if (thumbprints.Count > MaxThumbprints)
            throw Errors.InvalidInput($"Thumbprint list must contain at most {MaxThumbprints} entries.");
        if (thumbprints.FirstOrDefault(thumbprint => !thumbprint.All(char.IsAsciiHexDigit)) is { } wrong)
            throw Errors.InvalidInput($"The thumbprint {wrong} is not the SHA-1 hash of a certificate in 40 hexadecimal digits.");
    }
}
