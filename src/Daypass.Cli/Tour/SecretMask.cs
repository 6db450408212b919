using Daypass.Cli.Credentials;

namespace Daypass.Cli.Tour;

/// <summary>Takes every secret of a credentials file out of a text.</summary>
internal static class SecretMask
{
    private const string Mask = "********";

    public static string Apply(string text, CredentialsFile? file)
    {
        foreach (var key in (file?.Profiles ?? []).Select(profile => file!.Find(profile)).OfType<AccessKey>())
        {
            text = text.Replace(key.Secret, Mask, StringComparison.Ordinal);
            if (key.SessionToken is not null)
                text = text.Replace(key.SessionToken, Mask, StringComparison.Ordinal);
        }
        return text;
    }
}
