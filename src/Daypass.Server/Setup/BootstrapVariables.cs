using Daypass.Names;

namespace Daypass.Server.Setup;

/// <summary>What an unattended first start is told by its environment. Each part may be unset; key id and secret come together.</summary>
internal sealed record BootstrapVariables(AccountId? Account, string? AccessKeyId, string? SecretAccessKey)
{
    private const int MinSecret = 8;

    /// <exception cref="StartException">A variable is set to something that cannot be used.</exception>
    public static BootstrapVariables Read(Func<string, string?> environment)
    {
        var account = NullIfEmpty(environment("DAYPASS_BOOTSTRAP_ACCOUNT_ID"));
        var accessKeyId = NullIfEmpty(environment("DAYPASS_BOOTSTRAP_ACCESS_KEY_ID"));
        var secret = NullIfEmpty(environment("DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY"));
        if ((accessKeyId is null) != (secret is null))
            throw new StartException("DAYPASS_BOOTSTRAP_ACCESS_KEY_ID and DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY must be set together.");
        // A slash would end the key id inside a signing scope, and a space or comma inside an Authorization header.
        if (accessKeyId is not null && (accessKeyId.Length > 128 || accessKeyId.Any(character => character is <= ' ' or > '~' or '/' or ',' or '=')))
            throw new StartException("DAYPASS_BOOTSTRAP_ACCESS_KEY_ID must be 1 to 128 visible ASCII characters without slash, comma and equals sign.");
        if (secret is { Length: < MinSecret or > 128 } || secret?.Any(character => character is < ' ' or > '~') == true)
            throw new StartException($"DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY must be {MinSecret} to 128 ASCII characters.");
        if (account is null)
            return new BootstrapVariables(null, accessKeyId, secret);
        return AccountId.TryParse(account, out var id)
            ? new BootstrapVariables(id, accessKeyId, secret)
            : throw new StartException($"DAYPASS_BOOTSTRAP_ACCOUNT_ID must be twelve digits, not '{account}'.");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
